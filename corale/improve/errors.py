"""What can go wrong between a voice and an outcome."""

from __future__ import annotations


class NotPermitted(Exception):
    """They may not."""


class Incomplete(ValueError):
    """Something that a decision or an outcome needs is missing; `field` says which."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TooLong(ValueError):
    """The message is longer than the channel where they asked can carry."""


class AlreadyDone(Exception):
    """A colleague was there first; nothing is done twice."""
