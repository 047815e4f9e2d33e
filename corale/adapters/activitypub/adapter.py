"""The fediverse, behind the contract that all channels share: the company's own server on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.document import name_of
from corale.adapters.activitypub.sending import speaking
from corale.adapters.activitypub.wire import lengths
from corale.adapters.activitypub.wire.people import PLATFORM
from corale.adapters.activitypub.wire.reading import read
from corale.channels.contract import Can, Event, FormField, Introduced, Limits, Outgoing, Raw, Received, Sent, Who
from corale.channels.errors import Refused

if TYPE_CHECKING:
    from corale.channels.models import Connection

POSTS = ("reply", "post", "quote")


class ActivityPubAdapter:
    """All our actors together: what is said to any of them comes through here, and each may speak."""

    kind = "activitypub"
    name = "Fediverse"
    parser_version = 1
    can = (
        Can.RECEIVE | Can.REPLY | Can.POST | Can.QUOTE | Can.LIKE | Can.REPOST | Can.FOLLOW | Can.DELETE | Can.EDIT
        | Can.IMAGES | Can.DIRECT | Can.SPLIT | Can.POLL | Can.WARNING | Can.AUDIENCE | Can.VOICES
        | Can.SIGN | Can.REPORT
    )  # fmt: skip
    limits = Limits(
        length=lengths.GRAPHEMES, unit="grapheme", images=4, image_bytes=8_000_000, alt_text=1_500, poll_options=8
    )
    connect_fields: Sequence[FormField] = ()
    reads: Sequence[str] = (
        _("What anyone on the fediverse says to the company or to a member: mentions, answers, direct messages."),
        _("The public conversations around it, as far as the servers of those who take part show them."),
        _("Who likes, shares or quotes what we said, who votes in our polls, and who follows us."),
        _("The profiles of those people, as their servers show them."),
    )
    writes: Sequence[str] = (
        _("Answers, posts, polls and quotes that a member of the company has written and sent, under their own name."),
        _("Likes, shares and follows that a member has chosen; changes and deletions of what we said."),
        _("By itself only what the protocol asks for: accepting followers, and telling them when a profile changes."),
    )

    def introduce(self, answers: Mapping[str, str]) -> Introduced:
        """Nobody signs in: the account is made here (`own.enable`)."""
        raise Refused("made here", advice=_("An administrator turns the fediverse on, on the page Channels."))

    def streams(self, connection: Connection) -> Sequence[str]:
        """None to listen to: others bring what they say."""
        return ()

    def receive(self, connection: Connection, stream: str, cursor: str) -> Received:
        """Nothing has to be asked for."""
        return Received(stream, (), cursor, again_in=3600.0)

    def recheck(self, connection: Connection, native_ids: Sequence[str]) -> Sequence[Raw]:
        """Others say themselves when something has changed or is gone."""
        return ()

    def read(self, raw: Raw) -> Iterable[Event]:
        """Kept bytes into events."""
        return read(raw)

    def voice_for(self, connection: Connection, person_id: int | None) -> Who:
        """As themselves, where they have a public profile that is active; else as the company."""
        actor = (own.actor_for(person_id) if person_id else None) or own.brand()
        if actor is None:
            return Who(PLATFORM, connection.stable_id, handle=connection.handle, name=connection.name)
        return Who(
            PLATFORM,
            actor.uri,
            handle=actor.handle.removeprefix("@"),
            name=name_of(actor),
            avatar_url=addresses.picture(actor.picture) if actor.picture else "",
            url=addresses.page(actor.name),
        )

    def choose_id(self, connection: Connection, kind: str, *, voice: str = "") -> str:
        """The address at which it will stand, under the name of who speaks."""
        name = addresses.name_in(voice or connection.stable_id) or addresses.INSTANCE
        return addresses.post(name, addresses.new_number(timezone.now())) if kind in POSTS else addresses.activity(name)

    def send(self, connection: Connection, outgoing: Outgoing) -> Sent:
        """Says it."""
        return speaking.send(connection, outgoing)

    def look(self, connection: Connection, outgoing: Outgoing) -> Sent | None:
        """Does it stand there already?"""
        return speaking.look(outgoing)

    def measure(self, text: str) -> int:
        """In graphemes."""
        return lengths.measure(text)

    def split(self, text: str) -> list[str]:
        """In parts that answer each other."""
        return lengths.split(text)

    def profile_url(self, who: Who) -> str:
        """Their page on their own server."""
        return who.url or who.stable_id
