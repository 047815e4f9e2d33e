"""The channel that files come through. It reads; it has nobody to say anything to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from corale.adapters.files import wire
from corale.channels.contract import Can, Event, FormField, Introduced, Limits, Outgoing, Raw, Received, Sent, Who
from corale.channels.errors import Refused

if TYPE_CHECKING:
    from corale.channels.models import Connection

_NOBODY = "A file has nobody to answer."


class FilesAdapter:
    """Imported files."""

    kind = "files"
    name = gettext_noop("Files")
    parser_version = 1
    can = Can.RECEIVE
    limits = Limits()
    connect_fields: Sequence[FormField] = ()
    reads: Sequence[str] = (gettext_noop("What stands in the files that somebody imports."),)
    writes: Sequence[str] = ()

    def introduce(self, answers: Mapping[str, str]) -> Introduced:
        """Nobody signs in to a file."""
        raise Refused(_NOBODY)

    def streams(self, connection: Connection) -> Sequence[str]:
        """None: an import reads when it is told to."""
        return ()

    def receive(self, connection: Connection, stream: str, cursor: str) -> Received:
        """Nothing comes by itself."""
        return Received(stream, (), cursor, again_in=3600.0)

    def recheck(self, connection: Connection, native_ids: Sequence[str]) -> Sequence[Raw]:
        """A file does not change its mind."""
        return ()

    def read(self, raw: Raw) -> Iterable[Event]:
        """One line."""
        return (wire.read(raw),)

    def voice_for(self, connection: Connection, person_id: int | None) -> Who:
        """The account: it has one voice."""
        return Who(self.kind, connection.stable_id, handle=connection.handle, name=connection.name)

    def choose_id(self, connection: Connection, kind: str, *, voice: str = "") -> str:
        """There is nothing to choose one for."""
        raise Refused(_NOBODY)

    def send(self, connection: Connection, outgoing: Outgoing) -> Sent:
        """Never."""
        raise Refused(_NOBODY)

    def look(self, connection: Connection, outgoing: Outgoing) -> Sent | None:
        """Nothing of ours stands there."""
        return None

    def measure(self, text: str) -> int:
        """Characters."""
        return len(text)

    def split(self, text: str) -> list[str]:
        """No limit, one part."""
        return [text] if text.strip() else []

    def profile_url(self, who: Who) -> str:
        """They have no page that we know of."""
        return ""
