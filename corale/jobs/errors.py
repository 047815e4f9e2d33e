"""What a task may say about its own failure."""

from __future__ import annotations


class TryAgain(Exception):
    """Not now, through nobody's fault (a rate limit): run again `after` seconds, without counting an attempt."""

    def __init__(self, after: float, reason: str = "") -> None:
        super().__init__(reason or f"again in {after:g} s")
        self.after = after


class GiveUp(Exception):
    """No further attempt would help: the job fails now and a person decides."""
