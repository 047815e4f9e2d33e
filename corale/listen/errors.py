"""What can go wrong here."""

from __future__ import annotations


class NotPermitted(Exception):
    """They may not."""


class Nothing(ValueError):
    """A query that asks for nothing in particular would find everything."""
