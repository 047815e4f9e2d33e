"""What can go wrong with people."""

from __future__ import annotations


class IsColleague(Exception):
    """Somebody who works here cannot be erased: they leave first."""
