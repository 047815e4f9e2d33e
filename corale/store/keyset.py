"""Paging that stays quick and calm on a long list: a page begins after the last row of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
_BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class Slice(Generic[M]):
    """Some rows, and the address of those after them ("" at the end)."""

    rows: list[M]
    later: str


def cut(queryset: QuerySet[M], fields: Sequence[str], after: str = "", *, size: int = 50) -> Slice[M]:
    """The rows after `after`, in the order of `fields` (each with "-" for descending; the last one is unique)."""
    if (values := _values(fields, after)) is not None:
        queryset = queryset.filter(_beyond(fields, values))
    rows = list(queryset.order_by(*fields)[: size + 1])
    return Slice(rows[:size], address(rows[size - 1], fields) if len(rows) > size else "")


def address(row: Model, fields: Sequence[str]) -> str:
    """Where the list goes on after this row."""
    return _BETWEEN.join(_written(row, name) for name in fields)


def _beyond(fields: Sequence[str], values: Sequence[Any]) -> Q:
    """(a, b) < (x, y), spelled out: both databases walk the index for the first part of it."""
    condition = Q()
    same: dict[str, Any] = {}
    for field, value in zip(fields, values, strict=True):
        name, compare = field.lstrip("-"), "lt" if field.startswith("-") else "gt"
        condition |= Q(**same, **{f"{name}__{compare}": value})
        same[name] = value
    return condition


def _written(row: Model, field: str) -> str:
    value = getattr(row, field.lstrip("-"))
    return value.isoformat() if isinstance(value, datetime) else str(value).replace(_BETWEEN, "-")


def _values(fields: Sequence[str], after: str) -> list[Any] | None:
    """None for what is not one of our addresses: then the list begins at its beginning."""
    parts = after.split(_BETWEEN)
    if not after or len(parts) != len(fields):
        return None
    try:
        return [_read(field.lstrip("-"), part) for field, part in zip(fields, parts, strict=True)]
    except ValueError:
        return None


def _read(name: str, text: str) -> Any:
    if name.endswith("_at"):
        return datetime.fromisoformat(text)
    return int(text) if name in {"pk", "id"} or name.endswith("_id") else text
