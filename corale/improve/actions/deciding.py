"""Recording what was decided on a theme, by whom, why, and on whose words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from corale.conversations.models import Message
from corale.improve.errors import Incomplete, NotPermitted
from corale.improve.events import DecisionPostponed, DecisionRecorded
from corale.improve.models import Decision, Evidence, Theme
from corale.improve.policies import may_decide
from corale.ledger import record
from corale.people.models import Person

MOST_EVIDENCE = 500


@transaction.atomic
def decide(
    theme: Theme,
    *,
    kind: str,
    title: str,
    reason: str,
    decided_by: Person,
    by: Person,
    evidence: Sequence[Message] = (),
    without_evidence: str = "",
    due_on: date | None = None,
) -> Decision:
    """Writes it into the register. It is never edited afterwards; only its day may be postponed."""
    _check(kind, title, reason, decided_by, by, evidence, without_evidence)
    due_on = due_on if kind != Decision.Kind.NO else None
    decision = Decision.objects.create(
        theme=theme, kind=kind, title=title.strip(), reason=reason.strip(), decided_by=decided_by, recorded_by=by,
        first_due_on=due_on, due_on=due_on, without_evidence=without_evidence.strip(), demo=theme.demo,
    )  # fmt: skip
    Evidence.objects.bulk_create(Evidence(decision=decision, message=message) for message in evidence)
    record(
        DecisionRecorded(
            decision=decision.pk, theme=theme.pk, answer=kind, decided_by=decided_by.pk, by_id=by.pk, demo=theme.demo,
            evidence=[message.pk for message in evidence], due_on=due_on.isoformat() if due_on else None,
        )
    )  # fmt: skip
    return decision


@transaction.atomic
def postpone(decision: Decision, due_on: date, *, by: Person) -> None:
    """Moves the day; the first one is kept and is what the indicator measures."""
    if not may_decide(by):
        raise NotPermitted
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.kind == Decision.Kind.NO or hasattr(locked, "outcome"):
        raise Incomplete("due_on", _("Nothing is still to be done here."))
    if locked.due_on == due_on:
        return
    Decision.objects.filter(pk=locked.pk).update(due_on=due_on, first_due_on=locked.first_due_on or due_on)
    first = (locked.first_due_on or due_on).isoformat()
    record(
        DecisionPostponed(
            decision=locked.pk, first_due_on=first, due_on=due_on.isoformat(), by_id=by.pk, demo=locked.demo
        )
    )
    decision.refresh_from_db()


def _check(
    kind: str, title: str, reason: str, decided_by: Person, by: Person, evidence: Sequence[Message], without: str
) -> None:
    if not may_decide(by):
        raise NotPermitted
    if not decided_by.is_colleague:
        raise Incomplete("decided_by", _("A colleague decides, never the public."))
    if kind not in Decision.Kind.values:
        raise Incomplete("kind", _("Say yes, later or no."))
    if not title.strip():
        raise Incomplete("title", _("Say in one line what was decided."))
    if not reason.strip():
        raise Incomplete("reason", _("Say why: a decision without a reason is not one."))
    if not evidence and not without.strip():
        raise Incomplete("evidence", _("Choose the words it rests on, or say why there are none."))
    if len(evidence) > MOST_EVIDENCE:
        raise Incomplete("evidence", _("Choose fewer messages."))
