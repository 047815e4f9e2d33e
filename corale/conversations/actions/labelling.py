"""Words that colleagues put on conversations, and how urgent they call them."""

from __future__ import annotations

from corale.conversations.actions.changing import changing, touch
from corale.conversations.events import ConversationLabelled, ConversationPrioritised
from corale.conversations.models import Conversation, Label, Labelling
from corale.ledger import record
from corale.people.models import Person

COLOURS = 8


def label_named(name: str) -> Label:
    """The label of that name, made when there is none; a name is the same in any case and spacing."""
    name = " ".join(name.split())[:60]
    if not name:
        raise ValueError("a label has a name")
    found = Label.objects.filter(name__iexact=name).first()
    return found or Label.objects.get_or_create(name=name, defaults={"colour": Label.objects.count() % COLOURS})[0]


def label(
    conversation: Conversation, with_label: Label, *, by: Person, version: int | None = None, bulk: int = 0
) -> None:
    """Puts a label on it."""
    with changing(conversation, by=by, version=version, change="label") as it:
        _row, made = Labelling.objects.get_or_create(
            conversation=it,
            label=with_label,
            defaults={"by_id": by.pk, "state": it.state, "last_activity_at": it.last_activity_at},
        )
        if made:
            touch(it)
            _record(it, with_label, by, taken_off=False, bulk=bulk)


def unlabel(
    conversation: Conversation, with_label: Label, *, by: Person, version: int | None = None, bulk: int = 0
) -> None:
    """Takes it off."""
    with changing(conversation, by=by, version=version, change="label") as it:
        if Labelling.objects.filter(conversation=it, label=with_label).delete()[0]:
            touch(it)
            _record(it, with_label, by, taken_off=True, bulk=bulk)


def prioritise(
    conversation: Conversation, priority: int, *, by: Person, version: int | None = None, bulk: int = 0
) -> None:
    """Says how urgent it is."""
    priority = Conversation.Priority(priority).value
    with changing(conversation, by=by, version=version, change="priority") as it:
        if it.priority == priority:
            return
        it.priority = priority
        record(
            ConversationPrioritised(
                conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, priority=priority, bulk=bulk, demo=it.demo
            )
        )


def _record(it: Conversation, with_label: Label, by: Person, *, taken_off: bool, bulk: int) -> None:
    record(
        ConversationLabelled(
            conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, label=with_label.pk, taken_off=taken_off,
            bulk=bulk, demo=it.demo,
        )
    )  # fmt: skip
