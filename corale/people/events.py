"""The facts that people leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from corale.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class EmployeeJoined(Event):
    """Somebody works here from now on: `by_id` is that person. Participation counts who could have answered."""

    kind: ClassVar[str] = "employee.joined"


@dataclass(frozen=True, kw_only=True)
class EmployeeLeft(Event):
    """Somebody works here no longer, or cannot sign in: `by_id` is that person."""

    kind: ClassVar[str] = "employee.left"


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """The words, names and handles of a person were removed, by `by_id`; ids, kinds and times stay."""

    kind: ClassVar[str] = "person.erased"
