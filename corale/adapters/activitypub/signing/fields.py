"""Structured fields (RFC 9651)."""

from __future__ import annotations

from typing import Any, cast

import http_sf

Dictionary = dict[str, tuple[Any, dict[str, Any]]]


def dictionary(value: str) -> Dictionary:
    """Names with values and their parameters, each name once. ValueError when it is no such field."""

    def refuse(name: str, _context: str) -> None:
        raise ValueError(f"twice: {name}")

    return cast(Dictionary, http_sf.parse(value.encode(), tltype="dictionary", on_duplicate_key=refuse))
