"""Bluesky and every other service of the AT Protocol, behind the contract that all channels share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from corale.adapters.bluesky import checking, listening, sending
from corale.adapters.bluesky.client import account
from corale.adapters.bluesky.connecting import introduce
from corale.adapters.bluesky.looking import Us
from corale.adapters.bluesky.wire import addresses, lengths, tid
from corale.adapters.bluesky.wire.reading import read
from corale.adapters.bluesky.wire.records import COLLECTIONS
from corale.channels.actions.keep import fresh_keys
from corale.channels.contract import Can, Event, FormField, Introduced, Limits, Outgoing, Raw, Received, Sent, Who
from corale.channels.keys import key_of

if TYPE_CHECKING:
    from corale.channels.models import Connection

_clock = tid.Clock()


class BlueskyAdapter:
    """One account on the AT Protocol, spoken to through its own data server."""

    kind = "bluesky"
    name = "Bluesky"
    parser_version = 1
    can = (
        Can.RECEIVE | Can.REPLY | Can.POST | Can.QUOTE | Can.LIKE | Can.REPOST | Can.FOLLOW | Can.DELETE
        | Can.IMAGES | Can.SPLIT | Can.SEARCH | Can.SIGN
    )  # fmt: skip
    limits = Limits(
        length=lengths.GRAPHEMES,
        unit="grapheme",
        images=sending.IMAGES,
        image_bytes=5_242_880,
        alt_text=sending.ALT,
    )
    connect_fields: Sequence[FormField] = (
        FormField("identifier", _("Handle"), _("As others see it, without the @."), placeholder="molino.bsky.social"),
        FormField(
            "password",
            _("App password"),
            _("Made for Corale in the account's settings, under “App passwords”. It can be revoked there at any time."),
            secret=True,
            placeholder="xxxx-xxxx-xxxx-xxxx",
        ),
        FormField(
            "service",
            _("Address of the service"),
            _("Leave it as it is unless the account lives on a server of its own."),
            initial="https://bsky.social",
        ),
    )
    reads: Sequence[str] = (
        _("Who mentions this account, answers it or quotes it, with the public posts around."),
        _("Who likes or shares its posts, and who follows it."),
        _("What this account itself says, also from elsewhere."),
        _("The public profiles of those people."),
    )
    writes: Sequence[str] = (
        _("Answers, posts and quotes that a member of the company has written and sent."),
        _("Likes, shares and follows that a member has chosen."),
        _("Deletions of what it wrote itself. Nothing is written by itself, and no direct messages are read."),
    )

    def introduce(self, answers: Mapping[str, str]) -> Introduced:
        """Signs in once and says whose account it is."""
        return introduce(answers)

    def streams(self, connection: Connection) -> Sequence[str]:
        """The streams to listen to."""
        return tuple(listening.STREAMS)

    def receive(self, connection: Connection, stream: str, cursor: str) -> Received:
        """What came on one of them."""
        return listening.STREAMS[stream](account(connection), _us(connection), cursor)

    def recheck(self, connection: Connection, native_ids: Sequence[str]) -> Sequence[Raw]:
        """What became of posts, reactions and people (by their stable id)."""

        def kept(keys: Sequence[str]) -> set[str]:
            fresh = fresh_keys(connection, [Raw(key, b"") for key in keys])
            return {key for key in keys if key_of(key) not in fresh}

        return checking.recheck(account(connection), _us(connection), native_ids, kept)

    def read(self, raw: Raw) -> Iterable[Event]:
        """Kept bytes into events."""
        return read(raw)

    def voice_for(self, connection: Connection, person_id: int | None) -> Who:
        """The account: it has one voice."""
        return Who(self.kind, connection.stable_id, handle=connection.handle, name=connection.name)

    def choose_id(self, connection: Connection, kind: str, *, voice: str = "") -> str:
        """The address at which it will stand: the account's own, and a record key of now."""
        rkey = _clock.next()
        collection = COLLECTIONS.get(kind)
        return str(addresses.Address(connection.stable_id, collection, rkey)) if collection else rkey

    def send(self, connection: Connection, outgoing: Outgoing) -> Sent:
        """Says it."""
        return sending.send(account(connection), _us(connection), outgoing)

    def look(self, connection: Connection, outgoing: Outgoing) -> Sent | None:
        """Does it stand there already?"""
        return sending.look(account(connection), _us(connection), outgoing)

    def measure(self, text: str) -> int:
        """In graphemes."""
        return lengths.measure(text)

    def split(self, text: str) -> list[str]:
        """A thread."""
        return lengths.split(text)

    def profile_url(self, who: Who) -> str:
        """Their page."""
        return addresses.profile_page(who.stable_id, who.handle)


def _us(connection: Connection) -> Us:
    return Us(connection.stable_id, connection.handle)
