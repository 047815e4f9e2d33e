"""The pages for everybody: no account, no script, and one form of each for machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Post, Reaction
from corale.adapters.activitypub.public import kept
from corale.adapters.activitypub.public.about import About, House, house
from corale.adapters.activitypub.public.post import context_of as post_context
from corale.adapters.activitypub.public.profile import context_of as profile_context
from corale.adapters.activitypub.views import actors, posts
from corale.adapters.activitypub.views.accepting import HTML, wanted
from corale.adapters.activitypub.views.answers import finished, for_machines
from corale.design.csp import POLICY
from corale.design.preferences import Preferences

VARY = ("Accept", "Signature", "Accept-Language", "Cookie")


@for_machines
def profile(request: HttpRequest, name: str) -> HttpResponse:
    """Somebody: who they are, what to ask them about, what they said. Machines get the document."""
    found = actors.found_actor(name)
    if found.kind == Actor.Kind.INSTANCE:
        raise Http404
    if (kind := wanted(request, otherwise=HTML)) != HTML:
        return actors.document(request, found, kind=kind)
    if name != found.name:
        return HttpResponsePermanentRedirect(addresses.page(found.name))
    above = _house()
    if found.state == Actor.State.HIDDEN:
        return gone(request, above)
    after = request.GET.get("after", "")[:100]
    latest = Post.objects.public().filter(actor=found).aggregate(Max("pk"), Max("updated_at"), Count("pk"))
    stamp = (found.updated_at, found.state, found.followers_count, after, *latest.values())
    return _page(request, "profile", lambda: profile_context(found, above, after), above, stamp, found.uri)


@for_machines
def post(request: HttpRequest, name: str, number: str) -> HttpResponse:
    """Something said, with what is around it. Machines get the object."""
    found = posts.found_post(name, number)
    if (kind := wanted(request, otherwise=HTML)) != HTML:
        return posts.document(request, found, kind=kind)
    if not found.was_public:
        raise Http404
    if name != found.actor.name:
        return HttpResponsePermanentRedirect(addresses.post_page(found.actor.name, number))
    above = _house()
    if not found.is_public:
        return gone(request, above)
    done = Reaction.objects.filter(post=found).aggregate(Max("pk"), Count("undone_at"))
    ours = Post.objects.filter(in_reply_to=found.uri).aggregate(Max("pk"), Max("updated_at"), Count("deleted_at"))
    stamp = (found.version, found.updated_at, found.actor.updated_at, found.actor.state, *done.values(), *ours.values())
    return _page(request, "post", lambda: post_context(found, above), above, stamp, found.uri)


def gone(request: HttpRequest, above: House) -> HttpResponse:
    """Something was here: 410, and where to go instead."""
    words = _("This is no longer here"), _("It was taken back by those who said it.")
    context = {"about": About(words[0], words[1], f"{addresses.base()}{request.path}", above.name), "house": above}
    return answer(request, render("gone", context, request), status=410)


def answer(request: HttpRequest, body: bytes, *, status: int = 200, uri: str = "") -> HttpResponse:
    """A page, with what lets others keep it for a minute and find its other form."""
    response = HttpResponse(body, status=status, headers={"Content-Security-Policy": policy()})
    if uri:
        response["Link"] = f'<{uri}>; rel="alternate"; type="application/activity+json"'
    response = finished(request, response, vary=VARY)
    patch_vary_headers(response, VARY)
    return response


def policy() -> str:
    """The one form of these pages ends at the visitor's own server, wherever that is."""
    out = "form-action 'self' https:" + (" http:" if settings.CORALE_ALLOW_LOOPBACK else "")
    return POLICY.replace("form-action 'self'", out)


def render(name: str, context: Mapping[str, Any], request: HttpRequest) -> bytes:
    """The template, as bytes."""
    return render_to_string(f"activitypub/{name}.html", dict(context), request).encode()


def _page(
    request: HttpRequest, name: str, context: Callable[[], Mapping[str, Any]], above: House,
    stamp: tuple[object, ...], uri: str,
) -> HttpResponse:  # fmt: skip
    """Made once for everybody who comes in the same minute: nothing on it depends on who looks."""
    key = (name, uri, addresses.base(), get_language(), Preferences.of(request).theme, above, stamp)
    return answer(request, kept.kept(key, lambda: render(name, context(), request)), uri=uri)


def _house() -> House:
    if (above := house()) is None:
        raise Http404
    return above
