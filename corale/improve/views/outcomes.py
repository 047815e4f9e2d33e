"""What came of a decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corale.accounts.policies import coordinator_required
from corale.design.pages import page
from corale.improve import reading
from corale.improve.actions.concluding import conclude, include_late
from corale.improve.forms import OutcomeForm
from corale.improve.reach import who_asked
from corale.people.request import PersonRequest


@coordinator_required
@require_http_methods(["GET", "POST"])
def outcome(request: PersonRequest, pk: int) -> HttpResponse:
    """Marking it prepares a message for each person who asked; nothing goes before somebody has read it."""
    decision = get_object_or_404(reading.decisions(request.person), pk=pk)
    if hasattr(decision, "outcome"):
        return redirect("improve:decision", pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None, decision=decision)
    if request.method == "POST" and form.is_valid():
        conclude(decision, kind=form.cleaned_data["kind"], texts=form.texts, by=request.person)
        messages.success(request, _("Prepared. Now read what each person will be told."))
        return redirect("improve:review", pk)
    places = who_asked(decision)
    context = {
        "decision": decision,
        "form": form,
        "asked": len(places),
        "unreachable": sum(bool(place.obstacle) for place in places),
    }
    return page(request, "improve/outcome.html", context, status=422 if form.errors else 200)


@require_POST
def late(request: PersonRequest, pk: int) -> HttpResponse:
    """Who spoke after it was marked is told, too."""
    decision = get_object_or_404(reading.decisions(request.person), pk=pk)
    include_late(decision, by=request.person)
    return redirect("improve:review", pk)
