"""What happened to a conversation, from its facts: one thin line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from corale.conversations.models import Conversation, Label
from corale.ledger.models import Fact
from corale.people.models import Person

MOST = 200
SENTENCES = {
    "conversation.assigned": ("assign", _("%(who)s gave it to %(to)s")),
    "conversation.unassigned": ("assign", _("%(who)s gave it back to everybody")),
    "conversation.labelled": ("label", _("%(who)s put the label %(label)s on it")),
    "conversation.unlabelled": ("label", _("%(who)s took the label %(label)s off")),
    "conversation.prioritised": ("flag", _("%(who)s made it: %(priority)s")),
    "conversation.closed": ("done", _("%(who)s closed it")),
    "conversation.reopened": ("reopen", _("%(who)s opened it again")),
    "conversation.reopened.auto": ("reopen", _("Open again by itself")),
    "conversation.snoozed": ("snoozed", _("%(who)s put it away until %(until)s")),
    "conversation.spammed": ("spam", _("%(who)s said that it is spam")),
    "conversation.quarantined": ("shield", _("%(who)s put it back into quarantine")),
    "conversation.quarantined.auto": ("shield", _("Held in quarantine by itself")),
    "conversation.let_in": ("check", _("%(who)s let it in")),
    "conversation.let_in.auto": ("check", _("Let in by itself: somebody we know speaks here")),
    "conversation.trashed": ("trash", _("%(who)s put it into the trash")),
    "conversation.restored": ("undo", _("%(who)s brought it back")),
    "conversation.answered_in_private": ("lock", _("%(who)s answered in private")),
    "message.judged": ("check", _("%(who)s said that a message needs an answer")),
    "message.judged.no": ("check", _("%(who)s said that a message needs no answer")),
    "feedback.gathered": ("theme", _("%(who)s gathered a message into a theme")),
    "decision.recorded": ("decision", _("%(who)s recorded a decision that rests on it")),
    "report.told": ("report", _("They were told what came of it")),
}
KINDS = [kind for kind in SENTENCES if kind.count(".") == 1]


@dataclass(frozen=True, slots=True)
class Happening:
    """A sentence, its sign and its time."""

    icon: str
    sentence: str
    at: datetime


def happenings(
    conversation: Conversation, since: datetime | None = None, until: datetime | None = None, most: int = MOST
) -> list[Happening]:
    """What happened between two moments, oldest first; at most the last two hundred."""
    facts = Fact.objects.filter(conversation_id=conversation.pk, kind__in=KINDS)
    if since:
        facts = facts.filter(at__gte=since)
    if until:
        facts = facts.filter(at__lte=until)
    found = sorted(facts.order_by("-id")[:most], key=lambda fact: (fact.at, fact.pk))
    names = _names(found)
    labels = _labels(found)
    return [_happening(fact, names, labels) for fact in found]


def _happening(fact: Fact, names: dict[int, str], labels: dict[int, str]) -> Happening:
    icon, sentence = SENTENCES[_which(fact)]
    words: dict[str, Any] = {
        "who": names.get(fact.by_id or 0) or _("Somebody"),
        "to": names.get(fact.data.get("to") or 0, ""),
        "label": labels.get(fact.data.get("label") or 0, "…"),
        "priority": _priority(fact.data.get("priority")),
        "until": _moment(fact.data.get("until")),
    }
    return Happening(icon, str(sentence) % words, fact.at)


def _which(fact: Fact) -> str:
    data = fact.data
    if fact.kind == "conversation.assigned" and not data.get("to"):
        return "conversation.unassigned"
    if fact.kind == "conversation.labelled" and data.get("taken_off"):
        return "conversation.unlabelled"
    if fact.kind == "conversation.reopened" and (fact.auto or not fact.by_id):
        return "conversation.reopened.auto"
    if fact.kind == "message.judged" and not data.get("needs_answer"):
        return "message.judged.no"
    return fact.kind


def _names(facts: list[Fact]) -> dict[int, str]:
    ids = {fact.by_id for fact in facts} | {fact.data.get("to") for fact in facts}
    wanted = [pk for pk in ids if pk]
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _labels(facts: list[Fact]) -> dict[int, str]:
    wanted = {fact.data["label"] for fact in facts if fact.data.get("label")}
    return dict(Label.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _priority(value: Any) -> str:
    try:
        return str(Conversation.Priority(value).label).lower()
    except ValueError:
        return ""


def _moment(value: Any) -> str:
    moment = parse_datetime(str(value)) if value else None
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else "…"
