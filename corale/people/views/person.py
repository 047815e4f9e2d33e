"""One person: who they are, where they are found, what was said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corale.design.pages import page
from corale.people import policies
from corale.people.actions.describe import OUTSIDE, describe
from corale.people.forms import PersonForm
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.people.sections import sections_for


@require_http_methods(["GET", "POST"])
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """The person first; the other rooms bring what they know."""
    found = get_object_or_404(Person.objects.visible_to(request.person).select_related("user"), pk=pk)
    if found.merged_into_id:
        return redirect("people:person", found.merged_into_id)
    current = found.affiliations.filter(until=None)
    kind = next((each.kind for each in current if each.kind in OUTSIDE), "")
    form = PersonForm(request.POST if request.method == "POST" else None, instance=found, initial={"kind": kind})
    if request.method == "POST" and not found.is_colleague and not found.erased_at and form.is_valid():
        describe(form.save(commit=False), kind=form.cleaned_data["kind"])
        messages.success(request, _("Saved."))
        return redirect("people:person", pk)
    context = {
        "person": found,
        "identities": found.identities.prefetch_related("names").order_by("platform", "pk"),
        "affiliations": found.affiliations.order_by("since"),
        "form": form,
        "main": sections_for(pk, "main"),
        "aside": sections_for(pk, "aside"),
        "may_export": policies.may_export(request.person),
    }
    return page(request, "people/person.html", context, status=422 if form.errors else 200)
