"""Reviewing what each person is told, one by one or all that are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from corale.conversations import errors as record_errors
from corale.conversations.models import Message
from corale.conversations.signing import signature, signed
from corale.conversations.withholding import withhold
from corale.design.pages import page
from corale.improve import reading
from corale.improve.actions import reporting, settling
from corale.improve.errors import AlreadyDone, Incomplete, TooLong
from corale.improve.models import ReportBack, Theme
from corale.people.models import Person
from corale.people.request import PersonRequest

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it will be sent, and its length as the channel counts."""

    report: ReportBack
    asked: Message
    length: int
    limit: int
    unit: str
    signature: str

    @classmethod
    def of(cls, report: ReportBack, asked: Message | None, by: Person) -> Shown:
        assert report.asked_in is not None
        adapter = report.asked_in.connection.adapter
        line = signature(report.asked_in.connection, by)
        return cls(
            report,
            asked or report.asked_in,
            adapter.measure(signed(report.text, line)),
            adapter.limits.length,
            f"{adapter.limits.unit}s",
            line,
        )

    @property
    def is_too_long(self) -> bool:
        return bool(self.limit) and self.length > self.limit


@require_http_methods(["GET", "POST"])
def review(request: PersonRequest, pk: int) -> HttpResponse:
    """The next twenty at most; what is approved is what stands on the page."""
    decision = get_object_or_404(reading.decisions(request.person), pk=pk)
    if request.method == "POST":
        _let_go(request, _reports(request).filter(decision=decision, pk__in=_shown(request)))
        return redirect("improve:review", pk)
    waiting = reading.reports(decision, request.person, ReportBack.State.TO_REVIEW, size=AT_ONCE)
    asked = reading.first_words(decision, [report.person_id for report in waiting.rows])
    withhold(asked.values(), request.person)
    context = {
        "decision": decision,
        "shown": [Shown.of(each, asked.get(each.person_id), request.person) for each in waiting.rows if each.asked_in],
        "left": reading.counts(decision).get(ReportBack.State.TO_REVIEW, 0) - len(waiting.rows),
    }
    return page(request, "improve/review.html", context)


@require_POST
def approval(request: PersonRequest, pk: int) -> HttpResponse:
    """This one goes."""
    report = get_object_or_404(_reports(request), pk=pk)
    _let_go(request, [report])
    return redirect("improve:review", report.decision_id)


@require_POST
def words(request: PersonRequest, pk: int) -> HttpResponse:
    """Other words for this person, kept for whoever reviews it."""
    report = get_object_or_404(_reports(request), pk=pk)
    text = request.POST.get(f"text-{pk}", "")
    _try(request, report, partial(reporting.edit, report, text, by=request.person))
    return redirect("improve:review", report.decision_id)


@require_POST
def omission(request: PersonRequest, pk: int) -> HttpResponse:
    """This person is not told, and the list says why."""
    report = get_object_or_404(_reports(request), pk=pk)
    reason = request.POST.get(f"reason-{pk}", "")
    _try(request, report, partial(reporting.skip, report, reason=reason, by=request.person))
    return redirect("improve:review", report.decision_id)


@require_POST
def again(request: PersonRequest, pk: int) -> HttpResponse:
    """Back to review, if it surely did not arrive."""
    report = get_object_or_404(_reports(request), pk=pk)
    if settling.again(report, by=request.person):
        return redirect("improve:review", report.decision_id)
    messages.error(request, _("Nothing has changed there: this person still cannot be told."))
    return redirect("improve:decision", report.decision_id)


@require_POST
def arrival(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody looked there whether it arrived."""
    report = get_object_or_404(_reports(request), pk=pk)
    settling.saw_it(report, arrived=request.POST.get("arrived") == "yes", by=request.person)
    return redirect("improve:decision", report.decision_id)


def _reports(request: PersonRequest) -> QuerySet[ReportBack]:
    visible = Theme.objects.visible_to(request.person)
    return reading.told_in_sight(request.person).filter(decision__theme__in=visible).select_related("person")


def _shown(request: PersonRequest) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("shown") if pk.isdecimal()][:AT_ONCE]


def _let_go(request: PersonRequest, reports: Iterable[ReportBack]) -> None:
    gone = 0
    for report in reports:
        text = request.POST.get(f"text-{report.pk}", "").strip()
        gone += _kept(request, report, text) and _try(
            request, report, partial(reporting.approve, report, by=request.person)
        )
    if gone:
        messages.success(
            request, ngettext("%(n)d message is on its way.", "%(n)d messages are on their way.", gone) % {"n": gone}
        )


def _kept(request: PersonRequest, report: ReportBack, text: str) -> bool:
    """What was changed on the page is saved before it is tried: a message that cannot go yet loses nothing."""
    if not text or text == report.text:
        return True
    return _try(request, report, partial(reporting.edit, report, text, by=request.person))


def _try(request: PersonRequest, report: ReportBack, act: Callable[[], object]) -> bool:
    who = {"person": report.person}
    try:
        act()
    except AlreadyDone:
        messages.info(request, _("%(person)s: a colleague was there first.") % who)
    except (TooLong, record_errors.TooLong):
        messages.error(request, _("%(person)s: too long for that channel. Shorten it and try again.") % who)
    except Incomplete:
        messages.error(request, _("%(person)s: something is still missing.") % who)
    except record_errors.CannotAnswer:
        messages.error(request, _("%(person)s: one cannot answer there now.") % who)
    else:
        return True
    return False
