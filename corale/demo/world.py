"""The small world of the tests: a few people, one account on the demo channel, a handful of conversations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from corale.accounts.models import Role, User
from corale.adapters.demo import wire
from corale.channels.contract import Raw
from corale.channels.keys import key_of
from corale.channels.models import Connection
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Conversation, Message
from corale.people.actions.employ import employ
from corale.people.models import Identity, Person

PASSWORD = "a loaf of rye, please"  # noqa: S105


@dataclass(slots=True)
class World:
    """Anna answers, Bruno knows the machines, Carla bought a coffee maker, Dario must not see a thing.

    Elena decides (coordinator), Franca looks after the house (administrator). Carla's parcel is late, her gasket leaks,
    and she says thanks: three conversations.
    """

    anna: Person
    bruno: Person
    elena: Person
    franca: Person
    dario: Person
    connection: Connection
    late_parcel: Conversation = field(init=False)
    leaking_gasket: Conversation = field(init=False)
    thanks: Conversation = field(init=False)
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def carla(self) -> Person:
        """She bought a coffee maker."""
        return Identity.objects.get(platform="demo", stable_id="demo:carla").person

    @property
    def carlas_parcel(self) -> Message:
        """What Carla said about it first."""
        return self.late_parcel.messages.order_by("pk")[0]

    def says(
        self,
        who: str,
        text: str,
        *,
        to: Message | None = None,
        at: datetime | None = None,
        language: str = "it",
        **more: Any,
    ) -> Message:
        """Somebody writes to us; with `to`, in the thread of that message. Returns what now stands in the record."""
        native_id = more.pop("id", f"demo:world:{next(self._numbers)}")
        moment = at or timezone.now()
        thing: dict[str, Any] = {
            "type": "said", "id": native_id, "by": {"id": f"demo:{who}", "handle": f"{who}.test", "name": who.title()},
            "text": text, "at": moment.isoformat(), "kind": "reply" if to else "mention", "to_us": True,
            "language": language, **more,
        }  # fmt: skip
        if to is not None:
            thing.update(parent=to.native_id, root=to.extras.get("root") or to.native_id)
        self.arrives(thing, at=moment)
        return Message.objects.select_related("conversation", "identity__person").get(
            connection=self.connection, key=key_of(native_id)
        )

    def arrives(self, thing: dict[str, Any], *, at: datetime | None = None) -> None:
        """Anything that can reach us on the demo channel (see `adapters/demo/wire.py`)."""
        key = f"{thing['type']}:{thing.get('id', '')}:{thing.get('version', next(self._numbers))}"
        take_in(self.connection, [Raw(key, wire.encode(thing), received_at=at or timezone.now())])


def world() -> World:
    """Makes it."""
    made = World(
        anna=colleague("anna", "Anna Ferri"),
        bruno=colleague("bruno", "Bruno Galli"),
        elena=colleague("elena", "Elena Conti", Role.COORDINATOR),
        franca=colleague("franca", "Franca Riva", Role.ADMINISTRATOR),
        dario=_dario(),
        connection=Connection.objects.create(
            kind="demo", stable_id="demo:world.test", handle="world.test", name="Molino", language="it"
        ),
    )
    now = timezone.now()
    parcel = made.says("carla", "Il mio pacco è in ritardo da tre giorni, sapete qualcosa?", at=now - timedelta(days=2))
    gasket = made.says("carla", "La guarnizione della macchina perde acqua.", at=now - timedelta(hours=30))
    thanks = made.says("carla", "Grazie del pane di ieri!", at=now - timedelta(hours=3))
    made.late_parcel, made.leaking_gasket, made.thanks = parcel.conversation, gasket.conversation, thanks.conversation
    return made


def colleague(key: str, name: str, role: Role = Role.MEMBER) -> Person:
    """Somebody who works here; the password is PASSWORD."""
    user = User.objects.create_user(f"{key}@world.test", PASSWORD, role=role)
    person = employ(user, name=name, language="en")
    person.user = user
    return person


def _dario() -> Person:
    """He used to work here: his user cannot sign in any more."""
    user = User.objects.create_user("dario@world.test", PASSWORD, is_active=False)
    return Person.objects.create(user=user, name="Dario Neri", language="en")
