"""Handing out what is kept of somebody, and forgetting them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corale.accounts.policies import admin_mode_required, coordinator_required, in_admin_mode
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people import policies
from corale.people.actions import erase
from corale.people.models import Person
from corale.people.request import PersonRequest


@coordinator_required
@require_GET
def export(request: PersonRequest, pk: int) -> HttpResponse:
    """One file with all of it."""
    found = _outside(request, pk)
    audit(request, "person.exported", target=f"person:{pk}")
    response = JsonResponse(erase.handed_out(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="person-{pk}.json"'
    return response


@coordinator_required
@require_http_methods(["GET", "POST"])
def erasure(request: PersonRequest, pk: int) -> HttpResponse:
    """What would go, counted; and the going, which asks for a typed word and the mode of administration."""
    found = _outside(request, pk)
    if request.method == "POST":
        return _erase(request, pk)
    context = {
        "person": found,
        "goes": erase.what_goes(found),
        "may_erase": policies.may_erase(request.person),
        "in_mode": in_admin_mode(request),
    }
    return page(request, "people/erasure.html", context)


@admin_mode_required
def _erase(request: PersonRequest, pk: int) -> HttpResponse:
    found = _outside(request, pk)
    if request.POST.get("word", "").strip().casefold() != found.name.strip().casefold():
        messages.error(request, _("The name was not typed as it stands there: nothing was erased."))
        return redirect("people:erasure", pk)
    erase.erase(found, by=request.person, request=request)
    messages.success(request, _("Erased. What happened is still counted; nobody can be told from it."))
    return redirect("people:people")


def _outside(request: PersonRequest, pk: int) -> Person:
    found = get_object_or_404(Person.objects.visible_to(request.person), pk=pk, erased_at=None)
    if found.user_id is not None:
        raise Http404
    return found
