"""A small company: Anna and Bruno answer, Carla and Dario write to it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corale.accounts.models import User
from corale.channels import registry
from corale.channels.keys import key_of
from corale.channels.models import Connection
from corale.conversations.models import Conversation, Message
from corale.people.models import Identity, Person

_numbers = itertools.count(1)
registry.register("paper", "tests.support.paper:PaperAdapter")


def colleague(name: str, role: str = "member") -> Person:
    user = User.objects.create_user(f"{name.split()[0].lower()}@molino.example", "long-enough-words", role=role)
    person, _made = Person.objects.get_or_create(user=user)
    person.name = name
    person.save()
    return person


@pytest.fixture
def anna(db: None) -> Person:
    return colleague("Anna Ferri")


@pytest.fixture
def bruno(db: None) -> Person:
    return colleague("Bruno Costa")


@pytest.fixture
def coordinator(db: None) -> Person:
    return colleague("Chiara Riva", role="coordinator")


@pytest.fixture
def connection(db: None) -> Connection:
    return Connection.objects.create(kind="paper", stable_id="molino", handle="molino.example", name="Molino")


@pytest.fixture
def carla(db: None) -> Identity:
    person = Person.objects.create(name="Carla Bianchi", language="it")
    return Identity.objects.create(
        person=person, platform="paper", stable_id="carla", handle="carla.example", name="Carla Bianchi"
    )


@pytest.fixture
def somebody_else(db: None) -> Identity:
    """Dora, who joins in."""
    person = Person.objects.create(name="Dora Lentini", language="it")
    return Identity.objects.create(
        person=person, platform="paper", stable_id="dora", handle="dora.example", name="Dora Lentini"
    )


@pytest.fixture
def says(connection: Connection, carla: Identity) -> Callable[..., Conversation]:
    """`says("words")`: somebody says it to us, in a new conversation or in the one given."""

    def say(
        *texts: str,
        to: Conversation | None = None,
        by: Identity | None = None,
        ago: timedelta = timedelta(),
        **columns: Any,
    ) -> Conversation:
        by = by or carla
        at = timezone.now() - ago
        number = next(_numbers)
        conversation = to or Conversation.objects.create(
            connection=connection, root_key=key_of(f"root {number}"), person=by.person, identity=by, language="it",
            created_at=at, last_activity_at=at,
        )  # fmt: skip
        for text in texts:
            message = Message.objects.create(
                conversation=conversation, connection=connection, native_id=f"said:{next(_numbers)}", version="1",
                key=key_of(f"said {next(_numbers)}"), identity=by, text=text, addressed=True,
                written_at=at, received_at=at,
            )  # fmt: skip
            conversation.last_message_id = conversation.last_inbound_id = message.pk
            conversation.preview = text[:200]
            conversation.last_direction = Message.Direction.IN
            conversation.message_count += 1
        conversation.waiting_since = conversation.waiting_since or at
        conversation.last_activity_at = at
        for name, value in columns.items():
            setattr(conversation, name, value)
        conversation.version += 1
        conversation.save()
        return conversation

    return say


@pytest.fixture
def desk(anna: Person, client: Client) -> Client:
    """The browser of Anna."""
    assert anna.user
    client.force_login(anna.user)
    return client
