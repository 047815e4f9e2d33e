"""How the index reads what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corale.conversations.models import Message
from corale.people.models import Identity, Person
from corale.search.sources import TEXT_LIMIT, Words


def messages(ids: Sequence[int]) -> Iterable[Words]:
    """The words of messages and notes, and of the descriptions of their pictures."""
    found = Message.objects.filter(pk__in=ids).exclude(state=Message.State.PLACEHOLDER)
    for pk, text, extras, at, conversation_id in found.values_list(
        "id", "text", "extras", "written_at", "conversation_id"
    ):
        yield Words(pk, indexed(text, extras), at, conversation_id)


def indexed(text: str, extras: dict[str, object]) -> str:
    """What of a message can be found."""
    attachments = extras.get("attachments") or []
    assert isinstance(attachments, list)
    described = " ".join(f"{each.get('alt', '')} {each.get('title', '')}" for each in attachments)
    return f"{text[:TEXT_LIMIT]} {described}"


def persons(ids: Sequence[int]) -> Iterable[Words]:
    """Names and handles."""
    handles: dict[int, list[str]] = {}
    for person_id, handle, name in Identity.objects.filter(person__in=ids).values_list("person_id", "handle", "name"):
        handles.setdefault(person_id, []).extend((handle, name))
    for pk, name in Person.objects.filter(pk__in=ids).values_list("pk", "name"):
        yield Words(pk, " ".join([name, *handles.get(pk, [])]))
