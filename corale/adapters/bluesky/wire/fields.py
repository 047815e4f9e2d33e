"""Values out of other people's JSON: of the kind we expect, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def text(value: object) -> str:
    """A string that can be stored and shown: what is not a letter in any language becomes U+FFFD, one for one."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and "\0" not in value:
        return value
    return "".join("\ufffd" if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter for letter in value)


def mapping(value: object) -> Mapping[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def number(value: object) -> int:
    """A positive whole number, or 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 31 else 0


def moment(value: object) -> datetime | None:
    """A time with its zone, in UTC. Some write nonsense, or years in which nobody lives."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    try:
        found = datetime.fromisoformat(value)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if 1970 <= found.year <= 9000 else None


def address(value: object) -> str:
    """A web address, or nothing: what is shown as a link must not be a script."""
    found = text(value)
    return found if found.lower().startswith(("https://", "http://")) and len(found) <= 8000 else ""
