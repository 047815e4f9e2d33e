"""Moving a profile in from another server or out to one: a colleague's own, or, for administrators, the company's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corale.accounts.policies import administrator_required
from corale.adapters.activitypub import addresses, moving, own
from corale.adapters.activitypub.document import name_of
from corale.adapters.activitypub.forms import LeavingForm, WhereForm
from corale.adapters.activitypub.models import Actor, RemoteActor
from corale.channels.errors import ChannelError
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.request import PersonRequest


@require_http_methods(["GET", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Nobody moves another's profile."""
    actor = Actor.objects.filter(person_id=request.person.pk, kind=Actor.Kind.PERSON).first()
    return _moving(request, actor, "activitypub:my_moving")


@require_http_methods(["GET", "POST"])
@administrator_required
def company(request: PersonRequest) -> HttpResponse:
    """The company's own."""
    return _moving(request, own.brand(), "activitypub:company_moving")


def _moving(request: PersonRequest, actor: Actor | None, here: str) -> HttpResponse:
    """What is done with a form redirects here; what leads to no account says why, beside the field."""
    if actor is None or actor.state == Actor.State.HIDDEN or own.connection() is None:
        raise Http404
    verb = request.POST.get("verb", "")
    forms: dict[str, Any] = {
        "into": WhereForm(request.POST if verb == "expect" else None, prefix="into"),
        "out": WhereForm(request.POST if verb in ("look", "leave") else None, prefix="out"),
        "leaving": LeavingForm(request.POST if verb == "leave" else None),
    }
    done = VERBS[verb](request, actor, forms) if verb in VERBS else None
    if isinstance(done, str):
        audit(request, f"fediverse.{done}", target=f"actor:{actor.pk}", handle=actor.handle)
        return redirect(here)
    context = {
        "actor": actor, "is_company": actor.kind == Actor.Kind.BRAND, "here": here, "name": name_of(actor),
        "too_soon": moving.has_just_moved(actor), **forms, **_about(actor, done),
    }  # fmt: skip
    is_refused = any(form.is_bound and form.errors for form in forms.values())
    return page(request, "activitypub/moving.html", context, status=422 if is_refused else 200)


def _about(actor: Actor, new: RemoteActor | None) -> dict[str, Any]:
    """The account to which one would move, and whether it says so too."""
    return {"new": new, "is_ready": new is not None and moving.is_ready(actor, new)}


def _found(actor: Actor, form: WhereForm) -> RemoteActor | None:
    """Whoever is meant; None, and the reason beside the field, where nobody is."""
    if not form.is_valid():
        return None
    said = form.cleaned_data["address"]
    try:
        if addresses.is_ours(said) or said.removeprefix("@").lower().endswith(f"@{addresses.handle_host()}"):
            form.add_error("address", _("That is an account of this server."))
            return None
        return moving.find(said)
    except ChannelError as error:
        form.add_error("address", _("That account could not be read: %(why)s") % {"why": error})
        return None


def _expect(request: PersonRequest, actor: Actor, forms: dict[str, Any]) -> str | None:
    old = _found(actor, forms["into"])
    if old is None:
        return None
    moving.expect(actor, old)
    messages.success(request, _("Saved. Now move there, on the old server."))
    return "move_expected"


def _forget(request: PersonRequest, actor: Actor, forms: dict[str, Any]) -> str:
    moving.expect_no_more(actor, request.POST.get("uri", ""))
    return "move_not_expected"


def _look(request: PersonRequest, actor: Actor, forms: dict[str, Any]) -> RemoteActor | None:
    return _found(actor, forms["out"])


def _leave(request: PersonRequest, actor: Actor, forms: dict[str, Any]) -> RemoteActor | str | None:
    new, is_understood = _found(actor, forms["out"]), forms["leaving"].is_valid()
    if new is None or not is_understood:
        return new
    try:
        moving.leave_for(actor, new)
    except moving.NotReady:
        return new
    messages.success(request, _("Moved. Whoever follows is asked to come along."))
    return "moved"


def _stay(request: PersonRequest, actor: Actor, forms: dict[str, Any]) -> str:
    moving.stay(actor)
    return "move_taken_back"


VERBS = {"expect": _expect, "forget": _forget, "look": _look, "leave": _leave, "stay": _stay}
