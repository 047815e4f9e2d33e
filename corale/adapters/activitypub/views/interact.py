"""From our page to the visitor's own server, where they follow or answer under their own name."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.handles import handle_in
from corale.adapters.activitypub.intents import WAYS, home_of
from corale.adapters.activitypub.models import Actor, Post
from corale.adapters.activitypub.public.about import About, house
from corale.adapters.activitypub.views.public import answer, render
from corale.channels.errors import ChannelError, Refused, Unreachable


@never_cache
@csrf_exempt  # the pages are the same for everybody, without a cookie; only a form of ours is heard, see below
@login_not_required
@rate_limit(action="interact")  # type: ignore[untyped-decorator]
@require_POST
def interact(request: HttpRequest) -> HttpResponse:
    """Asks the visitor's server where it does such things, and leads there. It changes nothing here."""
    handle, what, uri = (request.POST.get(each, "").strip()[:500] for each in ("handle", "what", "uri"))
    if not is_our_form(request) or what not in WAYS or not is_to_be_seen(uri):
        raise Http404
    try:
        return HttpResponseRedirect(_at_ours(handle, uri) or home_of(handle, what, uri))
    except ChannelError as error:
        return _again(request, handle, what, uri, error)


def is_our_form(request: HttpRequest) -> bool:
    """It was sent from a page of ours: no other site leads anybody through here to somewhere else."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(said)[:2] == urlsplit(addresses.base())[:2]


def is_to_be_seen(uri: str) -> bool:
    """An actor or a public post of ours."""
    name = addresses.name_in(uri)
    if uri == addresses.actor(name):
        return Actor.objects.public().filter(name=name).exists()
    return Post.objects.public().filter(uri=uri).exists()


def _at_ours(handle: str, uri: str) -> str:
    """A colleague is at home here."""
    is_ours = handle_in(handle).host in {addresses.host(), addresses.handle_host()}
    return f"{reverse('activitypub:from_elsewhere')}?{urlencode({'uri': uri})}" if is_ours else ""


def _again(request: HttpRequest, handle: str, what: str, uri: str, error: ChannelError) -> HttpResponse:
    above = house()
    if above is None:
        raise Http404
    title = _("Follow") if what == "follow" else _("Answer from your own server")
    about = About(title, _("Where is your account?"), f"{addresses.base()}{request.path}", above.name)
    context = {
        "about": about, "house": above, "handle": handle, "what": what, "uri": uri, "problem": told(error, handle),
    }  # fmt: skip
    return answer(request, render("interact", context, request), status=422)


def told(error: ChannelError, handle: str) -> str:
    """What went wrong, for the person who typed a handle."""
    host = handle.rpartition("@")[2]
    if str(error).startswith("not a handle"):
        return _("A handle looks like this: @anna@example.social")
    if isinstance(error, Unreachable):
        return _("%(host)s does not answer now. Try again in a moment, or do it by hand.") % {"host": host}
    if isinstance(error, Refused) and "does not say how" in str(error):
        return _("%(host)s does not say where this is done. Do it by hand:") % {"host": host}
    return _("Nobody is found under this handle at %(host)s.") % {"host": host}
