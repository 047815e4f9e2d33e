"""As whom a colleague speaks through an account."""

from __future__ import annotations

from corale.channels.contract import Who
from corale.channels.models import Connection
from corale.people.models import Person


def voice_of(connection: Connection, me: Person) -> Who | None:
    """Their own account there; None where they have none, and speak through the company's."""
    voice = connection.adapter.voice_for(connection, me.pk)
    return voice if voice.stable_id != connection.stable_id else None
