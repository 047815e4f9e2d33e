"""The company on the fediverse, for administrators: how it is shown, and who answers in public."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corale.accounts.policies import administrator_required
from corale.adapters.activitypub import own, profiles
from corale.adapters.activitypub.forms import CompanyForm, SuccessorForm
from corale.adapters.activitypub.models import Actor
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.lib.numbers import whole_number
from corale.people.request import PersonRequest
from corale.store.keyset import cut

A_PAGE = 50


@require_http_methods(["GET", "POST"])
@administrator_required
def company(request: PersonRequest) -> HttpResponse:
    """Name, words, picture and addresses of the brand. Its handle and its key are for good."""
    brand = _brand()
    initial = {name: getattr(brand, name) for name in ("display_name", "summary", "is_indexable")}
    initial |= CompanyForm.initial_of(brand.links)
    form = CompanyForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        profiles.change(brand, **form.shown)
        audit(request, "fediverse.company_changed", target=f"actor:{brand.pk}", handle=brand.handle)
        messages.success(request, _("Saved. Whoever follows the company is told."))
        return redirect("activitypub:company")
    context = {"form": form, "brand": brand, "picture": brand.picture}
    return page(request, "activitypub/company.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@administrator_required
def voices(request: PersonRequest) -> HttpResponse:
    """Who has a public profile, and in what state; for those who have left, whom to ask instead."""
    _brand()
    people = Actor.objects.filter(kind=Actor.Kind.PERSON).select_related("person", "picture", "successor")
    if request.method == "POST":
        return _succeed(request, people.filter(pk=whole_number(request.POST.get("actor", ""))).first())
    part = cut(people, ["name"], request.GET.get("after", "")[:100], size=A_PAGE)
    gone = (Actor.State.LEFT, Actor.State.PAUSED)
    shown = [(each, SuccessorForm(actor=each) if each.state in gone else None) for each in part.rows]
    return page(request, "activitypub/voices.html", {"people": shown, "later": part.later})


def _succeed(request: PersonRequest, actor: Actor | None) -> HttpResponse:
    if actor is None:
        raise Http404
    form = SuccessorForm(request.POST, actor=actor)
    if form.is_valid():
        profiles.change(actor, successor=form.cleaned_data["successor"])
        instead = str(form.cleaned_data["successor"] or own.brand())
        audit(request, "fediverse.successor_named", target=f"actor:{actor.pk}", handle=actor.handle, instead=instead)
        messages.success(request, _("Saved."))
    return redirect("activitypub:voices")


def _brand() -> Actor:
    brand = own.brand()
    if brand is None or own.connection() is None:
        raise Http404
    return brand
