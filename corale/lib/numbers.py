"""Whole numbers in what a browser sends."""

from __future__ import annotations

DIGITS = 18  # fits into the 64 bits of a database's number


def whole_number(said: str) -> int:
    """The number that stands there; 0 for everything else."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS else 0
