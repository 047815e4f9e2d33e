"""A colleague's own public profile: chosen, seen beforehand, changed, paused, left. Nobody else's business."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corale.adapters.activitypub import followers, own, profiles
from corale.adapters.activitypub.forms import ProfileForm
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.own import NameRefused
from corale.adapters.activitypub.public.about import house
from corale.adapters.activitypub.public.profile import card_of
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.request import PersonRequest

VERBS = {"pause": profiles.pause, "go_on": profiles.go_on, "leave": profiles.leave}


@require_http_methods(["GET", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """What the world will see. "Preview" shows it and keeps nothing."""
    if own.connection() is None:
        return page(request, "activitypub/mine_off.html")
    actor = _of(request)
    form = ProfileForm(
        request.POST or None, request.FILES or None, is_new=actor is None, initial=_initial(request, actor)
    )
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            return _saved(request, actor, form)
        except NameRefused:
            form.add_error("name", _("Somebody here has or had this name."))
    context = {
        "form": form, "actor": actor, "host": own.brand(), "waiting": actor and followers.waiting(actor),
        **_preview(request, actor, form),
    }  # fmt: skip
    return page(request, "activitypub/mine.html", context, status=422 if form.errors else 200)


def _saved(request: PersonRequest, actor: Actor | None, form: ProfileForm) -> HttpResponse:
    if actor is None:
        actor = profiles.show(request.person, form.cleaned_data["name"], **form.shown)
        audit(request, "fediverse.profile_shown", target=f"actor:{actor.pk}", handle=actor.handle)
        messages.success(request, _("Your public profile is there: %(handle)s") % {"handle": actor.handle})
    else:
        profiles.change(actor, **form.shown)
        audit(request, "fediverse.profile_changed", target=f"actor:{actor.pk}", handle=actor.handle)
        messages.success(request, _("Saved. Whoever follows you is told."))
    return redirect("activitypub:mine")


@require_POST
def state(request: PersonRequest) -> HttpResponse:
    """Pause, go on, leave. Doing it twice is doing it once."""
    actor, verb = _of(request), request.POST.get("verb", "")
    if actor is None or verb not in VERBS:
        raise Http404
    VERBS[verb](actor)
    audit(request, f"fediverse.profile_{verb}", target=f"actor:{actor.pk}", handle=actor.handle)
    return redirect("activitypub:mine")


@require_safe
def piece(request: PersonRequest, pk: int) -> HttpResponse:
    """For the page on which colleagues describe themselves: whether the world sees them, and the way there."""
    actor = _of(request) if request.person.pk == pk else None
    context = {"actor": actor, "is_on": own.connection() is not None, "waiting": actor and followers.waiting(actor)}
    return render(request, "activitypub/_mine.html", context)


def _of(request: PersonRequest) -> Actor | None:
    mine = Actor.objects.filter(person_id=request.person.pk, kind=Actor.Kind.PERSON)
    return mine.select_related("person", "picture", "successor").first()


def _initial(request: PersonRequest, actor: Actor | None) -> dict[str, Any]:
    if actor is None:
        name = profiles.suggested_name(request.person)
        return {"name": name, "shows_role": True, "shows_topics": True, "is_discoverable": True}
    return {name: getattr(actor, name) for name in ProfileForm.PLAIN} | ProfileForm.initial_of(actor.links)


def _preview(request: PersonRequest, actor: Actor | None, form: ProfileForm) -> dict[str, Any]:
    """As visitors will see it: from what was sent, else from what stands; nothing before there is either."""
    above = house()
    if form.is_bound and form.is_valid():
        said = {"picture": actor.picture if actor is not None else None, **form.shown}
        name = actor.name if actor is not None else form.cleaned_data["name"]
        actor = Actor(kind=Actor.Kind.PERSON, name=name, person=request.person, **said)
    if actor is None or above is None:
        return {}
    return {"house": above, **card_of(actor)}
