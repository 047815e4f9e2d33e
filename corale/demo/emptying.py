"""Taking Molino away again: every row of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from corale.accounts.models import User
from corale.channels.models import Connection, Delivery, Envelope, StoredFile
from corale.conversations.models import Conversation, Interaction, Label, Message
from corale.demo.cast import LABELS
from corale.demo.pictures import ADDRESS
from corale.improve.actions.gathering import count_voices
from corale.improve.models import Decision, Evidence, Theme, Voice
from corale.ledger.models import Fact
from corale.live import publish
from corale.people.models import Person
from corale.respond.models import Guideline
from corale.search.models import Pending


def empty() -> None:
    """Removes the demo. Accounts, real conversations and their facts stay."""
    with transaction.atomic():
        files = list(StoredFile.objects.filter(source_url__startswith=ADDRESS))
        _improve()
        _record()
        _people()
        Fact.objects.filter(demo=True).delete()
        StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()
        publish("inbox", {"many": 0})
        publish("counts", {})
    for file in files:
        Path(file.path).unlink(missing_ok=True)


def _improve() -> None:
    Decision.objects.filter(demo=True).delete()
    themes = Theme.objects.filter(demo=True)
    _forget(2, themes.values_list("pk", flat=True))
    themes.delete()
    real = list(Theme.objects.filter(voices__message__conversation__demo=True).distinct())
    Voice.objects.filter(message__conversation__demo=True).delete()
    Evidence.objects.filter(message__conversation__demo=True).delete()
    for theme in real:
        count_voices(theme)


def _record() -> None:
    connections = Connection.objects.filter(demo=True)
    messages = Message.objects.filter(connection__in=connections)
    _forget(0, messages.values_list("pk", flat=True))
    Interaction.objects.filter(connection__in=connections).delete()
    messages.delete()
    Conversation.objects.filter(connection__in=connections).delete()
    Delivery.objects.filter(connection__in=connections).update(previous=None)
    Delivery.objects.filter(connection__in=connections).delete()
    Envelope.objects.filter(connection__in=connections).delete()
    connections.delete()
    names = [name for label in LABELS.values() for name in label.values()]
    Label.objects.filter(name__in=names, labellings=None).delete()


def _people() -> None:
    people = Person.objects.filter(demo=True)
    _forget(1, people.values_list("pk", flat=True))
    Guideline.objects.filter(by__in=people).delete()
    users = User.objects.filter(pk__in=people.filter(user__isnull=False).values("user"))
    users_left = list(users.values_list("pk", flat=True))
    people.delete()
    User.objects.filter(pk__in=users_left).delete()


def _forget(kind: int, ids: object) -> None:
    Pending.objects.bulk_create(Pending(kind=kind, object_id=pk) for pk in ids)  # type: ignore[attr-defined]
