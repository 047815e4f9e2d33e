"""The four ways in which a channel fails. `advice` is a sentence for the person who has to do something."""

from __future__ import annotations


class ChannelError(Exception):
    """Something went wrong at a channel."""

    def __init__(self, message: str, *, advice: str = "", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.advice = advice
        self.retry_after = retry_after


class Unreachable(ChannelError):
    """The other side did not answer, or asked us to wait (`retry_after`, in seconds): try again later."""


class OnItsWay(Unreachable):
    """It has not arrived yet, and the channel itself keeps trying: ask again whether it has. The channel says when it
    gives up; until then no number of attempts is too large."""


class Refused(ChannelError):
    """The other side understood and said no: trying again will not help."""


class Disconnected(ChannelError):
    """Our account there no longer lets us in: an administrator must connect it again."""


class Malformed(ChannelError):
    """What came cannot be understood: it is kept, counted and shown."""
