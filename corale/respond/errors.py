"""What can go wrong at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


class QueryProblem(ValueError):
    """What somebody typed into the filter cannot be read; the message says what to do."""

    def __init__(self, message: str | Promise, term: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.term = term


@dataclass
class Refused(Exception):
    """An upload or an answer cannot be taken; `message` says what to do."""

    message: str | Promise

    def __str__(self) -> str:
        return str(self.message)
