"""Channels that are not connected by signing in: they bring pages of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Offer:
    """`label` is what the button says. `begin` and `look_after` name addresses: where it is turned on, and where it is
    looked after once it is on. Both are for administrators; there is one such connection at most."""

    kind: str
    label: Any
    begin: str
    look_after: str


_offers: dict[str, Offer] = {}


def register(offer: Offer) -> None:
    """Adds one."""
    _offers[offer.kind] = offer


def offers() -> list[Offer]:
    """All of them."""
    return list(_offers.values())
