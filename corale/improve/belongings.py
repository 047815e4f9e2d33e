"""What this room keeps of a person: what they were told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from corale.improve.events import ReportUnreachable
from corale.improve.models import ReportBack
from corale.ledger import record
from corale.people.belongings import Belonging, register
from corale.people.models import Person


def register_all() -> None:
    """One kind of thing."""
    register(Belonging("report_backs", _("What they were told about decisions"), count, hand_out, forget, 40))


def count(person: Person) -> int:
    """How many report-backs."""
    return ReportBack.objects.filter(person=person).count()


def hand_out(person: Person) -> list[dict[str, Any]]:
    """The decision, the words, whether they arrived."""
    told = ReportBack.objects.filter(person=person).order_by("pk")
    return [dict(each) for each in told.values("decision__title", "text", "state", "told_at")]


def forget(person: Person) -> None:
    """That they were told stays; what stood in it goes. Whoever was still to be told no longer can be."""
    for report in ReportBack.objects.filter(person=person, state=ReportBack.State.TO_REVIEW).select_related("decision"):
        report.state, report.reason = ReportBack.State.UNREACHABLE, "account_gone"
        report.save(update_fields=["state", "reason"])
        record(ReportUnreachable(reason="account_gone", **report.ids))
    ReportBack.objects.filter(person=person).update(text="")
