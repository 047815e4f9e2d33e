"""What an event of any room looks like before it becomes a fact."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

COLUMNS = ("by_id", "person_id", "conversation_id", "message_id", "connection_id")
KINDS: dict[str, type[Event]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Fields named as columns of the ledger go there, all others into its data."""

    kind: ClassVar[str] = ""

    at: datetime | None = None  # now, when None
    by_id: int | None = None
    person_id: int | None = None
    conversation_id: int | None = None
    message_id: int | None = None
    connection_id: int | None = None
    auto: bool = False
    demo: bool = False

    def __init_subclass__(cls) -> None:
        if cls.kind:
            KINDS[cls.kind] = cls

    def data(self) -> dict[str, Any]:
        """What stands in no column."""
        known = {field.name for field in fields(Event)}
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in known}
