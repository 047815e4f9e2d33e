"""Pieces of a person's page that other rooms bring; the page fetches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Section:
    """`url_name` takes the person's id and answers with a piece of a page."""

    key: str
    label: Any
    url_name: str
    place: str = "main"  # or "aside"; or "profile", where colleagues describe themselves
    order: int = 100


@dataclass(frozen=True, slots=True)
class Placed:
    """A section on somebody's page."""

    section: Section
    url: str


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Adds one."""
    _sections[section.key] = section


def sections_for(person_id: int, place: str) -> list[Placed]:
    """Those of one place, in their order."""
    chosen = sorted((each for each in _sections.values() if each.place == place), key=lambda each: each.order)
    return [Placed(each, reverse(each.url_name, args=[person_id])) for each in chosen]
