"""The book of facts: append-only, exportable, verifiable; and the audit of administrators' acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corale.ledger.recording import on, record

__all__ = ["on", "record"]


def __getattr__(name: str) -> Any:
    """`from corale.ledger import record`, loaded when models are ready."""
    if name in __all__:
        from corale.ledger import recording

        return getattr(recording, name)
    raise AttributeError(name)
