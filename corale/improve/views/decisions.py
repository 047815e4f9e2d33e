"""The register of decisions, and one of them with who was told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corale.accounts.policies import coordinator_required
from corale.conversations.withholding import withhold
from corale.design.pages import page
from corale.improve import policies, reading
from corale.improve.actions import deciding
from corale.improve.errors import Incomplete
from corale.improve.forms import DayForm, DecisionForm
from corale.improve.models import Decision, ReportBack, Theme
from corale.people.request import PersonRequest
from corale.store import keyset

NEWEST = ("-recorded_at", "-pk")
OFFERED = 200


def decisions(request: PersonRequest) -> HttpResponse:
    """What the company decided, newest first."""
    kind = request.GET.get("kind", "")
    shown = keyset.cut(reading.decisions(request.person, kind), NEWEST, request.GET.get("after", ""))
    context = {"shown": shown, "kind": kind, "kinds": Decision.Kind.choices}
    return page(request, "improve/decisions.html", context, part="decisions")


def decision(request: PersonRequest, pk: int) -> HttpResponse:
    """What was decided, on whose words, what came of it, and the list of those who were told."""
    found = get_object_or_404(reading.decisions(request.person), pk=pk)
    state, outcome = request.GET.get("state", ""), getattr(found, "outcome", None)
    counted = reading.counts(found)
    evidence = list(found.evidence.select_related("message__identity__person", "message__conversation").order_by("pk"))
    withhold((each.message for each in evidence), request.person)
    context = {
        "decision": found,
        "evidence": evidence,
        "outcome": outcome,
        "late": reading.late(found) if outcome else 0,
        "may_decide": policies.may_decide(request.person),
        "reports": reading.reports(found, request.person, state, request.GET.get("after", "")),
        "state": state,
        "states": [(value, label, counted.get(value, 0)) for value, label in ReportBack.State.choices],
        "to_review": counted.get(ReportBack.State.TO_REVIEW, 0),
        "total": sum(counted.values()),
        "form": DayForm(initial={"due_on": found.due_on}),
    }
    return page(request, "improve/decision.html", context, part="reports")


@coordinator_required
@require_http_methods(["GET", "POST"])
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Recording one."""
    theme = get_object_or_404(Theme.objects.visible_to(request.person), pk=pk)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, theme=theme, initial={"decided_by": request.person.pk}
    )
    if request.method == "POST" and form.is_valid():
        made = deciding.decide(theme, by=request.person, **form.cleaned_data)
        messages.success(request, _("Recorded. It stays as it is; only its day may be postponed."))
        return redirect("improve:decision", made.pk)
    chosen = set(form["evidence"].value() or []) if form.is_bound else set()
    context = {"theme": theme, "form": form, "voices": reading.voices(theme, size=OFFERED).rows, "chosen": chosen}
    return page(request, "improve/decide.html", context, status=422 if form.errors else 200)


@coordinator_required
@require_POST
def day(request: PersonRequest, pk: int) -> HttpResponse:
    """Postponing it, in sight of everybody."""
    found = get_object_or_404(reading.decisions(request.person), pk=pk)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            deciding.postpone(found, form.cleaned_data["due_on"], by=request.person)
        except Incomplete as error:
            messages.error(request, str(error))
    else:
        messages.error(request, " ".join(map(str, form.errors["due_on"])))
    return redirect("improve:decision", pk)
