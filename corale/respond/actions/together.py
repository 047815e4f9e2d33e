"""One verb for many conversations, with one way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from corale.conversations.actions import closing, labelling, snoozing, trashing
from corale.conversations.actions.assigning import assign
from corale.conversations.actions.undoing import Before
from corale.conversations.errors import NotPermitted
from corale.conversations.models import Conversation, Label
from corale.people.models import Person
from corale.respond import snoozes

MOST = 100
Change = Callable[..., None]
PLAIN: dict[str, Change] = {
    "close": closing.close,
    "reopen": closing.reopen,
    "wait": closing.wait,
    "spam": trashing.spam,
    "trash": trashing.trash,
    "restore": trashing.restore,
}


def assigning(to: Person | None) -> Change:
    return lambda conversation, **how: assign(conversation, to, **how)


def putting_on(label: Label) -> Change:
    return lambda conversation, **how: labelling.label(conversation, label, **how)


def snoozing_until(said: str) -> Change:
    """Refused when the moment has passed."""
    until = snoozes.until(said)
    return lambda conversation, **how: snoozing.snooze(conversation, until, **how)


def prioritising(priority: int) -> Change:
    return partial(_prioritise, priority)


def _prioritise(priority: int, conversation: Conversation, *, by: Person, bulk: int = 0) -> None:
    labelling.prioritise(conversation, priority, by=by, bulk=bulk)


def change_all(ids: Sequence[int], change: Change, *, by: Person) -> list[tuple[Before, int]]:
    """Does it to each that they may see; what changed, and the versions to take it back from."""
    conversations = list(Conversation.objects.visible_to(by).filter(pk__in=list(ids)[:MOST]).order_by("pk"))
    changed = []
    for conversation in conversations:
        before = Before.of(conversation)
        version = conversation.version
        with suppress(NotPermitted):  # held in quarantine: it stays as it is
            change(conversation, by=by, bulk=len(conversations))
        if conversation.version != version:
            changed.append((before, conversation.version))
    return changed
