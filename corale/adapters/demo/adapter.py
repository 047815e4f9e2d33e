"""The demo channel: the whole contract, without a network. What is sent stands in our own store and nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from django.utils import timezone
from django.utils.translation import gettext_noop

from corale.adapters.demo import lengths, wire
from corale.channels.contract import (
    Can,
    Event,
    FormField,
    Introduced,
    Limits,
    Outgoing,
    Raw,
    Received,
    Sent,
    Who,
)
from corale.channels.errors import Refused
from corale.channels.models import Connection, Envelope
from corale.lib.text import graphemes


class DemoAdapter:
    """Says everything to itself. Its limits are Bluesky's, so that one practises with the real ones."""

    kind = "demo"
    name = gettext_noop("Demo")
    parser_version = 1
    can = (
        Can.RECEIVE | Can.REPLY | Can.POST | Can.QUOTE | Can.LIKE | Can.REPOST | Can.FOLLOW | Can.DELETE
        | Can.IMAGES | Can.SPLIT
    )  # fmt: skip
    limits = Limits(length=lengths.LENGTH, unit="grapheme", images=4, image_bytes=2_000_000, alt_text=2_000)
    connect_fields: Sequence[FormField] = ()
    reads: Sequence[str] = (gettext_noop("The invented conversations of the demo company, kept on this machine."),)
    writes: Sequence[str] = (gettext_noop("Nothing: what you answer stays on this machine and reaches nobody."),)

    def introduce(self, answers: Mapping[str, str]) -> Introduced:
        """There is one account, and it lets everybody in."""
        handle = answers.get("handle") or "molino.test"
        return Introduced(stable_id=f"demo:{handle}", handle=handle, name=answers.get("name") or "Molino")

    def receive(self, connection: Connection, stream: str, cursor: str) -> Received:
        """Nothing comes by itself: the demo's history is loaded."""
        return Received(stream, (), cursor, again_in=3600.0)

    def streams(self, connection: Connection) -> Sequence[str]:
        """None to listen to."""
        return ()

    def recheck(self, connection: Connection, native_ids: Sequence[str]) -> Sequence[Raw]:
        """Nothing changes behind our back."""
        return ()

    def read(self, raw: Raw) -> Iterable[Event]:
        """One object, one event."""
        return list(wire.events(raw.body))

    def voice_for(self, connection: Connection, person_id: int | None) -> Who:
        """The account: it has one voice."""
        return Who(self.kind, connection.stable_id, handle=connection.handle, name=connection.name)

    def choose_id(self, connection: Connection, kind: str, *, voice: str = "") -> str:
        """An address that says where it stands."""
        return f"demo:{kind}:{uuid.uuid4().hex}"

    def send(self, connection: Connection, outgoing: Outgoing) -> Sent:
        """Keeps it beside what arrived. The same outside id again is the same thing."""
        if outgoing.kind in {"reply", "post", "quote"} and self.measure(outgoing.text) > self.limits.length:
            raise Refused(f"longer than {self.limits.length} characters", advice="Shorten it, or send it in parts.")
        if stands := self.look(connection, outgoing):
            return stands
        Envelope.objects.get_or_create(
            connection=connection,
            key=_key(outgoing.outside_id),
            defaults={
                "native_key": outgoing.outside_id,
                "body": wire.encode({"type": "sent", "id": outgoing.outside_id, "text": outgoing.text}),
                "headers": {"direction": "out"},
                "state": Envelope.State.IGNORED,
                "received_at": timezone.now(),
            },
        )
        return Sent(outgoing.outside_id, "1", timezone.now())

    def look(self, connection: Connection, outgoing: Outgoing) -> Sent | None:
        """Whether it stands in our store already."""
        kept = Envelope.objects.filter(connection=connection, key=_key(outgoing.outside_id)).first()
        return Sent(outgoing.outside_id, "1", kept.received_at) if kept else None

    def measure(self, text: str) -> int:
        """In characters as a reader counts them."""
        return graphemes(text)

    def split(self, text: str) -> list[str]:
        """In parts that each fit, between words."""
        return lengths.split(text)

    def profile_url(self, who: Who) -> str:
        """Nowhere: these people are invented."""
        return ""


def _key(outside_id: str) -> int:
    return int.from_bytes(blake2b(f"out:{outside_id}".encode(), digest_size=8).digest(), "big", signed=True)
