"""What this room keeps of a person, to hand out and to erase."""

from __future__ import annotations

from typing import Any

from django.db import connection as database
from django.db.models import QuerySet

from corale.channels.contract import Known, Reacted, Said
from corale.channels.models import Envelope, StoredFile
from corale.conversations.actions.receive import Reading
from corale.conversations.models import Conversation, Interaction, Message, MessageVersion
from corale.conversations.words import indexed
from corale.people.belongings import Belonging, register
from corale.people.models import Person
from corale.search.models import Pending

AT_ONCE = 500
SIZES = (256, 1600)  # in which `conversations.views.media` fetches


def register_all() -> None:
    """Envelopes first: they are found by the accounts that the others forget."""
    from django.utils.translation import gettext_lazy as _

    register(
        Belonging("envelopes", _("What arrived, as it arrived"), count_envelopes, lambda _: [], empty_envelopes, 10)
    )
    register(
        Belonging("messages", _("Messages, with their earlier versions"), count_messages, hand_out, forget_messages, 20)
    )
    register(Belonging("reactions", _("Likes, reposts and follows"), count_reactions, reactions, forget_reactions, 30))


def messages_of(person: Person) -> QuerySet[Message]:
    """What they said."""
    return Message.objects.filter(identity__person=person)


def count_messages(person: Person) -> int:
    """How many."""
    return messages_of(person).count()


def hand_out(person: Person) -> list[dict[str, Any]]:
    """Their words, in each version."""
    said = messages_of(person).prefetch_related("versions").order_by("written_at", "pk")
    return [
        {
            "id": each.native_id, "written_at": each.written_at, "received_at": each.received_at, "text": each.text,
            "language": each.language, "url": each.url, "kind": each.kind, "attachments": each.attachments,
            "versions": [{"text": version.text, "seen_at": version.seen_at} for version in each.versions.all()],
        }
        for each in said
    ]  # fmt: skip


def forget_messages(person: Person) -> None:
    """The rows stay as tombstones; without a version, the same arrival cannot bring the words back."""
    said = messages_of(person)
    ids = list(said.values_list("pk", flat=True))
    pictures = [
        each["url"] for extras in said.values_list("extras", flat=True) for each in extras.get("attachments", [])
    ]
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        MessageVersion.objects.filter(message__in=some).delete()
        words = said.filter(pk__in=some).values_list("pk", "text", "extras")
        Pending.objects.bulk_create(Pending(object_id=pk, old=indexed(text, extras)) for pk, text, extras in words)
    said.update(text="", extras={}, native_id="", version="", language="", state=Message.State.DELETED)
    Conversation.objects.filter(person=person).update(subject="", preview="")
    _forget_pictures([*pictures, *person.identities.values_list("avatar_url", flat=True)])


def _forget_pictures(urls: list[str]) -> None:
    """What we fetched when somebody looked, in whatever size."""
    for url in filter(None, urls):
        for file in StoredFile.objects.filter(source_url__in=[url, *(f"{side}:{url}" for side in SIZES)]):
            file.path.unlink(missing_ok=True)
            file.delete()


def reactions_of(person: Person) -> QuerySet[Interaction]:
    """Their edges."""
    return Interaction.objects.filter(identity__person=person)


def count_reactions(person: Person) -> int:
    """How many."""
    return reactions_of(person).count()


def reactions(person: Person) -> list[dict[str, Any]]:
    """As they were."""
    edges = reactions_of(person).order_by("at")
    return [dict(each) for each in edges.values("kind", "target_native_id", "at", "undone_at")]


def forget_reactions(person: Person) -> None:
    """That there was one stays; by which address it is known there goes."""
    reactions_of(person).update(native_id="", target_native_id="")
    ours = Interaction.objects.filter(ours=True)
    ours.filter(target_key__in=messages_of(person).values("key")).update(target_native_id="")
    ours.filter(target_native_id__in=person.identities.values("stable_id")).update(target_native_id="")


def count_envelopes(person: Person) -> int:
    """How many contain their words."""
    return len(envelopes_of(person))


def empty_envelopes(person: Person) -> None:
    """The key stays, so that the same thing is not kept again; everything else goes."""
    ids = envelopes_of(person)
    for start in range(0, len(ids), AT_ONCE):
        Envelope.objects.filter(pk__in=ids[start : start + AT_ONCE]).update(
            body=b"", headers={}, native_key="", problem="", state=Envelope.State.IGNORED
        )


def envelopes_of(person: Person) -> list[int]:
    """Those in which something is said or done by one of their accounts: found by the account's id, then read."""
    found: set[int] = set()
    for identity in person.identities.all():
        for envelope in _mentioning(identity.stable_id).filter(connection__kind=identity.platform):
            events = Reading.of(envelope.connection, envelope.raw).events
            if any(_author(event) == identity.stable_id for event in events):
                found.add(envelope.pk)
    return sorted(found)


def _mentioning(stable_id: str) -> QuerySet[Envelope]:
    here = "instr(body, %s) > 0" if database.vendor == "sqlite" else "position(%s::bytea in body) > 0"
    return Envelope.objects.select_related("connection").extra(where=[here], params=[stable_id.encode()])  # noqa: S610


def _author(event: object) -> str:
    match event:
        case Said(author=who) | Reacted(actor=who) | Known(who=who):
            return who.stable_id
    return ""
