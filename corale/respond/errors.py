"""What can go wrong at the desk."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

from corale.conversations.models import Message


class QueryProblem(ValueError):
    """What somebody typed into the filter cannot be read; the message says what to do."""

    def __init__(self, message: str | Promise, term: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.term = term


class Refused(Exception):
    """It cannot be taken as it is; the message says what to do, and nothing is lost."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class Overtaken(Exception):
    """Somebody answered, or the person wrote again, since the composer was opened: what is new."""

    def __init__(self, new: Sequence[Message]) -> None:
        super().__init__(f"{len(new)} new")
        self.new = list(new)


class NeedsChoice(Exception):
    """Too long for one message: these parts would be sent as a thread, if they say so."""

    def __init__(self, parts: Sequence[str], length: int, limit: int) -> None:
        super().__init__(f"{length} of {limit}")
        self.parts, self.length, self.limit = list(parts), length, limit
