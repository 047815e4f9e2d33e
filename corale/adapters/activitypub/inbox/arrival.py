"""One kept envelope on its way through the verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from corale.adapters.activitypub.models import Tombstone
from corale.adapters.activitypub.wire.fields import same_host, uri
from corale.adapters.activitypub.wire.ours import Here
from corale.adapters.activitypub.wire.things import Thing, each, opened, things
from corale.channels.keys import key_of
from corale.channels.models import Connection


@dataclass
class Round:
    """What the envelopes of one batch share: what is gone, which of them the record shall not read, what it shall know
    when it reads the others, and how long we have waited for other servers."""

    connection: Connection
    gone: set[int] = field(default_factory=set)
    ignored: set[int] = field(default_factory=set)
    noted: dict[int, dict[str, str]] = field(default_factory=dict)
    waited: float = 0.0
    silent: set[str] = field(default_factory=set)

    def bury(self, address: str, at: datetime) -> None:
        """Remembers that something is gone, also for what comes later in this batch."""
        if address:
            Tombstone.objects.get_or_create(key=key_of(address), defaults={"uri": address, "at": at})
            self.gone.add(key_of(address))


@dataclass
class Arrival:
    """An activity whose signature was verified, in the name of `signer`."""

    envelope_id: int
    body: bytes
    headers: Mapping[str, str]
    at: datetime
    is_again: bool = False  # it stumbled before
    round: Round = field(init=False)

    @cached_property
    def activity(self) -> Thing:
        """Malformed when it is none."""
        return opened(self.body)

    @cached_property
    def here(self) -> Here:
        return Here.of(self.headers)

    @cached_property
    def signer(self) -> str:
        """Who says it: whose signature was verified, or, where we fetched it from its own address, whose it is."""
        if not self.here.fetched:
            return self.headers.get("signer", "")
        return uri(self.activity.get("actor")) or uri(self.activity.get("attributedTo"))

    @property
    def sender_key(self) -> int:
        """What comes from one sender is done in its order."""
        return key_of(self.headers.get("signer") or f"envelope {self.envelope_id}")

    @property
    def is_overheard(self) -> bool:
        """We asked for it to understand something else; nobody said it to us."""
        return bool(self.here.fetched) and not self.here.is_delivered

    @property
    def id(self) -> str:
        """The activity's own; "" when it has none that its sender may give."""
        found = uri(self.activity.get("id"))
        return found if same_host(found, self.signer) else ""

    @property
    def target(self) -> str:
        """The address of (the first of) what it is about."""
        return uri(self.activity.get("object"))

    @property
    def objects(self) -> list[Thing]:
        """What it is about, where that was sent along."""
        return things(self.activity.get("object"), most=20)

    @property
    def embedded(self) -> Thing:
        """The first of them; of one named by its address only that."""
        return next(iter(self.objects), {"id": self.target} if self.target else {})

    @property
    def bare_targets(self) -> list[str]:
        """What it is about, where only the address was sent."""
        return [uri(found) for found in each(self.activity.get("object"))[:20] if isinstance(found, str)]

    def all_targets(self) -> list[str]:
        """Every address that it is about."""
        return [found for one in each(self.activity.get("object"))[:100] if (found := uri(one))]

    def may_speak_of(self, address: str) -> bool:
        """The sender's server is where that lives."""
        return same_host(address, self.signer)

    def is_gone(self, address: str) -> bool:
        """It was deleted or taken back before this came."""
        return bool(address) and key_of(address) in self.round.gone

    def note(self, **more: str) -> None:
        """The record reads it with these headers besides."""
        self.round.noted.setdefault(self.envelope_id, dict(self.headers)).update(more)

    def ignore(self) -> None:
        """The record does not read it."""
        self.round.ignored.add(self.envelope_id)
