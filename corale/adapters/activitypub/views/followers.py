"""Who follows a profile: let in, declined, removed. One's own followers, or, for coordinators, the company's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from corale.accounts.policies import coordinator_required
from corale.adapters.activitypub import followers, own
from corale.adapters.activitypub.document import name_of
from corale.adapters.activitypub.models import Actor, Follower
from corale.adapters.activitypub.views.moderation.places import tabs
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.lib.numbers import whole_number
from corale.people.models import Identity
from corale.people.request import PersonRequest
from corale.store.keyset import cut

A_PAGE = 50
CHOICES: dict[str, Promise] = {"waiting": gettext_lazy("Waiting"), "": gettext_lazy("Followers")}
VERBS: dict[str, Callable[[Follower], None]] = {"accept": followers.accept, "refuse": followers.refuse}


@require_http_methods(["GET", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Nobody else decides who follows a colleague."""
    actor = Actor.objects.filter(person_id=request.person.pk, kind=Actor.Kind.PERSON).first()
    return _followers(request, actor, "activitypub:my_followers")


@require_http_methods(["GET", "POST"])
@coordinator_required
def company(request: PersonRequest) -> HttpResponse:
    """The company's own."""
    return _followers(request, own.brand(), "activitypub:company_followers")


def _followers(request: PersonRequest, actor: Actor | None, here: str) -> HttpResponse:
    """Newest first: those who wait for a yes, or those who follow."""
    if actor is None or own.connection() is None:
        raise Http404
    if request.method == "POST":
        return _decided(request, actor, here)
    which = "waiting" if request.GET.get("which") == "waiting" else ""
    found = actor.followers.waiting() if which else actor.followers.standing()
    part = cut(found.select_related("remote"), ["-id"], request.GET.get("after", "")[:100], size=A_PAGE)
    context = {
        "actor": actor, "name": name_of(actor), "address": reverse(here), "which": which, "choices": CHOICES.items(),
        "here": "followers", "tabs": tabs(request) if actor.kind == Actor.Kind.BRAND else [],
        "waiting": followers.waiting(actor), "rows": _with_person(part.rows), "later": part.later,
    }  # fmt: skip
    return page(request, "activitypub/followers.html", context)


def _with_person(rows: Sequence[Follower]) -> list[tuple[Follower, int | None]]:
    """Each with the person whom we know them as. One query."""
    uris = [each.remote.uri for each in rows]
    known = Identity.objects.filter(platform="activitypub", stable_id__in=uris)
    people = dict(known.values_list("stable_id", "person_id"))
    return [(each, people.get(each.remote.uri)) for each in rows]


def _decided(request: PersonRequest, actor: Actor, here: str) -> HttpResponse:
    """Doing it twice is doing it once; what somebody else decided meanwhile stays as it is."""
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        raise Http404
    with transaction.atomic():
        asked = actor.followers.select_for_update(of=("self",)).select_related("actor", "remote__server")
        follower = get_object_or_404(asked, pk=whole_number(request.POST.get("follower", "")))
        waits = follower.state == Follower.State.PENDING
        is_open = follower.ended_at is None and (waits or verb == "refuse")
        if is_open:
            VERBS[verb](follower)
            names = {"handle": actor.handle, "follower": str(follower.remote)}
            audit(request, f"fediverse.follower_{verb}", target=f"actor:{actor.pk}", **names)
    messages.success(
        request, _said(verb, waits=waits) % {"who": follower.remote} if is_open else _("That was decided already.")
    )
    return redirect(f"{request.path}?which=waiting" if waits else here)


def _said(verb: str, *, waits: bool) -> str:
    if verb == "accept":
        return _("%(who)s follows from now on.")
    return _("%(who)s was declined.") if waits else _("%(who)s follows no longer.")
