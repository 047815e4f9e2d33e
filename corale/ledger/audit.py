"""Keeping a record of what administrators do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from corale.ledger.models.audit_entry import AuditEntry

__all__ = ["AuditEntry", "audit"]


def audit(who: Any, verb: str, target: str = "", **detail: Any) -> AuditEntry:
    """Records an act in the caller's transaction.

    `who` is the request or the user it came from, or None for the console. `verb` is written like a fact,
    "channel.connected"; `target` like "connection:3"; `detail` holds what JSON can hold, and no secrets.
    """
    user = who.user if isinstance(who, HttpRequest) else who
    return AuditEntry.objects.create(
        user_id=getattr(user, "pk", None), name=_label(user), verb=verb, target=target, detail=detail
    )


def _label(user: Any) -> str:
    """The name as it is today, and the address that belongs to it."""
    email = str(getattr(user, "email", ""))
    name = str(getattr(user, "name", ""))
    return (f"{name} <{email}>" if name and name != email else email)[:254]
