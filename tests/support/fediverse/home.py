"""Molino on the fediverse: Corale as real processes behind TLS, other servers beside it, and a look into its record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.atproto.people import eventually
from tests.support.fediverse.lan import Lan, lan
from tests.support.fediverse.peer import HOSTS, Peer, peer
from tests.support.fediverse.people import Somebody
from tests.support.hand import Hand
from tests.support.ports import free_port
from tests.support.processes import Builder, House, Process

CORALE = "corale.test"
TURNED_ON = """
from corale.accounts.models import User
from corale.adapters.activitypub import followers, following, own
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.models import Actor, Follower
from corale.channels.actions.deliver import deliver_later
from corale.channels.contract import Poll, Ref
from corale.channels.models import Delivery
from corale.channels.outgoing import payload_of
from corale.conversations.actions.answering import answer
from corale.conversations.models import Message
from corale.people.models import Person
from datetime import datetime, timedelta, timezone

elena = User.objects.create_user("elena@molino.test", "una lunga parola", role="coordinator")
elena = Person.objects.update_or_create(user=elena, defaults={"name": "Elena Conti"})[0]
anna = User.objects.create_user("anna@molino.test", "una lunga parola")
anna = Person.objects.update_or_create(user=anna, defaults={"name": "Anna Ferri"})[0]
connection = own.enable(name="molino", display_name="Molino", summary="Macchine da caffè.", language="it")
own.make_actor(Actor.Kind.PERSON, "anna", anna)

def answered(native_id, *parts):
    message = Message.objects.get(native_id=native_id)
    said = answer(message.conversation, parts, by=anna, reply_to=message, hold=0)
    return [each.native_id for each in said]

def did(kind, voice="", **more):
    refs = {name: Ref(more.pop(name)) for name in ("parent", "root", "target") if name in more}
    outside_id = connection.adapter.choose_id(connection, kind, voice=voice)
    delivery = Delivery.objects.create(
        connection=connection, kind=kind, outside_id=outside_id, by_id=anna.pk, state="waiting",
        payload=payload_of(voice=voice, **refs, **more),
    )
    deliver_later(delivery)
    return outside_id
"""


@dataclass
class Fediverse:
    """The company's house and its neighbours."""

    house: House
    lan: Lan
    peer: Peer
    hand: Hand
    web: Process
    worker: Process

    @property
    def url(self) -> str:
        return self.lan.url(CORALE)

    @property
    def molino(self) -> str:
        """The brand's id."""
        return f"{self.url}/actors/molino"

    @property
    def anna(self) -> str:
        """The id of Anna, who has a profile of her own."""
        return f"{self.url}/actors/anna"

    def somebody(self, name: str = "eve", host: str = "fedify.test", **more: Any) -> Somebody:
        """A new account on one of the other servers."""
        return Somebody.on(self.peer, host, name, **more)

    def answers(self, native_id: str, *parts: str) -> list[str]:
        """Anna answers something in the record, as one does at the desk; the ids of what she said."""
        self.message(native_id)
        return list(self.hand.does("answered(native_id, *parts)", native_id=native_id, parts=parts))

    def does(self, kind: str, **more: Any) -> str:
        """One of ours says or does something, through a delivery; its id."""
        return str(self.hand.does("did(kind, **more)", kind=kind, more=more))

    def rows(self, statement: str) -> list[Any]:
        return self.house.rows(statement)

    def until(self, statement: str, value: object = True) -> None:
        """Waits until the database says so."""
        self.house.until(lambda: self.house.value(statement) == value)

    def message(self, native_id: str) -> dict[str, Any]:
        """Something said, as the record has it; waits for it."""
        names = ("id", "conversation_id", "text", "state", "direction", "kind", "identity_id", "addressed", "extras")
        statement = (
            f"SELECT {', '.join(names)} FROM conversations_message WHERE native_id = '{native_id}' AND state <> 5"
        )
        found = eventually(lambda: self.rows(statement))
        return dict(zip(names, found[0], strict=True))

    def thread(self, native_id: str) -> list[str]:
        """The native ids of the conversation in which something stands, in the order in which they were written."""
        conversation = self.message(native_id)["conversation_id"]
        return [row[0] for row in self.rows(
            f"SELECT native_id FROM conversations_message WHERE conversation_id = {conversation} "
            "ORDER BY written_at, id"
        )]  # fmt: skip

    def identity(self, stable_id: str) -> dict[str, Any]:
        """Somebody as the record knows them; waits until it does."""
        names = ("id", "person_id", "handle", "name", "reachable")
        statement = f"SELECT {', '.join(names)} FROM people_identity WHERE stable_id = '{stable_id}'"
        return dict(zip(names, eventually(lambda: self.rows(statement))[0], strict=True))


@contextmanager
def fediverse(builder: Builder, folder: Path) -> Iterator[Fediverse]:
    """Everything runs until the block ends."""
    port = free_port()
    with builder.house() as house:
        upstreams = {CORALE: house.port, **dict.fromkeys(HOSTS, port)}
        with lan(folder / "lan", upstreams) as network, peer(folder / "peer", network, port) as servers:
            house.more = network.environment | {"CORALE_URL": network.url(CORALE)}
            web, worker = house.web(), house.worker(loops=True)
            hand = Hand(house)
            try:
                hand.does(TURNED_ON)
                yield Fediverse(house, network, servers, hand, web, worker)
            finally:
                hand.close()
