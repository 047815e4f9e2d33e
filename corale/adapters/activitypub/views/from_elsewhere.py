"""A colleague comes from a page elsewhere to follow somebody, or to answer, from here (FEP-3b86; Mastodon's
authorize_interaction). Looking changes nothing; a form does."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.following import follow
from corale.adapters.activitypub.looking import Looked, look
from corale.adapters.activitypub.models import Actor
from corale.channels.errors import ChannelError
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.request import PersonRequest


@require_http_methods(["GET", "POST"])
def from_elsewhere(request: PersonRequest) -> HttpResponse:
    """`?uri=` is an address or a handle. Shows what stands there, and what can be done with it from here."""
    asked = (request.POST.get("uri") or request.GET.get("uri", "")).strip()[:500]
    if addresses.is_ours(asked):
        return redirect(asked)
    voice = own.actor_for(request.person.pk) or own.brand()
    looked, problem = _looked(asked) if asked else (None, "")
    if request.method == "POST" and looked is not None and voice is not None:
        return _done(request, looked, voice)
    context = {"asked": asked, "looked": looked, "voice": voice, "problem": problem}
    return page(request, "activitypub/from_elsewhere.html", context, status=422 if problem else 200)


def _looked(asked: str) -> tuple[Looked | None, str]:
    try:
        return look(asked.removeprefix("acct:")), ""
    except ChannelError as error:
        return None, str(error)


def _done(request: PersonRequest, looked: Looked, voice: Actor) -> HttpResponse:
    follow(voice, looked.who)
    audit(request, "fediverse.followed", target=f"actor:{voice.pk}", whom=looked.who.uri)
    messages.success(request, _("%(name)s has been asked.") % {"name": looked.who.name or looked.who.handle})
    return redirect(f"{reverse('activitypub:from_elsewhere')}?{urlencode({'uri': looked.who.uri})}")
