"""Marking what came of a decision, and preparing a word for each person who asked."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from corale.improve.errors import Incomplete, NotPermitted
from corale.improve.events import OutcomeRecorded, ReportAsked, ReportUnreachable
from corale.improve.models import Decision, Outcome, ReportBack
from corale.improve.policies import may_decide, may_gather
from corale.improve.reach import Place, who_asked
from corale.ledger import record
from corale.people.models import Person


@transaction.atomic
def conclude(decision: Decision, *, kind: str, texts: Mapping[str, str], by: Person) -> Outcome:
    """Done, or declined. Twice is once: the first outcome stands, and nobody is prepared a second word."""
    if not may_decide(by):
        raise NotPermitted
    texts = {language: text.strip() for language, text in texts.items() if text.strip()}
    if kind not in Outcome.Kind.values:
        raise Incomplete("kind", _("Say whether it was done."))
    if not texts:
        raise Incomplete("texts", _("Write what is told to those who asked."))
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    outcome, made = Outcome.objects.get_or_create(decision=locked, defaults={"kind": kind, "texts": texts, "by": by})
    if made:
        record(OutcomeRecorded(decision=locked.pk, outcome=kind, by_id=by.pk, demo=locked.demo))
        prepare_reports(locked, outcome)
    return outcome


@transaction.atomic
def include_late(decision: Decision, *, by: Person) -> int:
    """Those who spoke in the theme after the outcome was marked asked, too: a message for each of them; how many."""
    if not may_gather(by):
        raise NotPermitted
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    outcome = Outcome.objects.filter(decision=locked).first()
    return prepare_reports(locked, outcome) if outcome else 0


def prepare_reports(decision: Decision, outcome: Outcome) -> int:
    """One message for each person who asked and has none yet; those whom nothing reaches are listed as such at once."""
    known = set(decision.report_backs.values_list("person_id", flat=True))
    places = [place for place in who_asked(decision) if place.person.pk not in known]
    for place in places:
        _prepare(decision, outcome, place)
    return len(places)


def _prepare(decision: Decision, outcome: Outcome, place: Place) -> None:
    language = language_for(place, outcome.texts)
    report = ReportBack.objects.create(
        decision=decision,
        person=place.person,
        asked_in=place.last or place.asked,
        conversation=place.asked.conversation if place.last is None else place.last.conversation,
        text=personal(outcome.texts[language], decision, place.person),
        language=language,
        state=ReportBack.State.UNREACHABLE if place.obstacle else ReportBack.State.TO_REVIEW,
        reason=place.obstacle,
    )
    record(ReportAsked(**report.ids))
    if place.obstacle:
        record(ReportUnreachable(reason=place.obstacle, **report.ids))


def language_for(place: Place, texts: Mapping[str, str]) -> str:
    """Theirs, if there is a text in it; else the language they asked in; else the first there is."""
    for language in (place.person.language, place.asked.language, place.asked.conversation.language):
        if language[:2] in texts:
            return language[:2]
    return next(iter(texts))


def personal(text: str, decision: Decision, person: Person) -> str:
    """{name}, {decision} and {reason} filled in. What else stands in braces stays as it is."""
    name = person.name.split()[0] if person.name.split() else ""
    for variable, value in {"name": name, "decision": decision.title, "reason": decision.reason}.items():
        text = text.replace("{" + variable + "}", value)
    return text
