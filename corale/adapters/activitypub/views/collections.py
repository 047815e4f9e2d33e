"""Lists of an actor (ActivityPub, section 5): what was said, what is pinned, who follows whom. Pages go on after the
last thing of the page before, so that a long list costs what a short one does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Activity, Actor, Post
from corale.adapters.activitypub.views.accepting import ACTIVITY, HTML, wanted
from corale.adapters.activitypub.views.actors import found_actor, gone
from corale.adapters.activitypub.views.answers import as_json, for_machines
from corale.adapters.activitypub.views.readers import VARY, for_those_we_speak_to
from corale.adapters.activitypub.wire.context import with_context

A_PAGE = 20
MOST_PINNED = 20
SAYING = ("Create", "Announce")


@for_machines
@for_those_we_speak_to
def outbox(request: HttpRequest, name: str) -> HttpResponse:
    """What was said and passed on in public, newest first (section 5.1); what was deleted or changed since, as it is
    now."""
    found = found_actor(name)
    address = addresses.part(found.name, "outbox")
    said = Activity.objects.filter(actor=found, is_public=True, kind__in=SAYING)
    if "page" not in request.GET:
        total = Post.objects.public().filter(actor=found).count()
        return collection(request, found, address, total=total, first=f"{address}?page=1")
    before = request.GET.get("before", "")
    if before.isdecimal():
        said = said.filter(pk__lt=int(before[:18]))
    rows = list(said.order_by("-pk")[: A_PAGE + 1])
    later = f"{address}?page=1&before={rows[A_PAGE - 1].pk}" if len(rows) > A_PAGE else ""
    return page(request, found, address, items=as_they_are_now(rows[:A_PAGE]), later=later)


def as_they_are_now(rows: Sequence[Activity]) -> list[dict[str, Any]]:
    """Activities without @context; a Create carries the post as it stands, and goes when its post has gone."""
    bodies = [json.loads(row.body) for row in rows]
    ids = [body["object"]["id"] for body in bodies if isinstance(body.get("object"), dict)]
    posts = {post.uri: post for post in Post.objects.public().filter(uri__in=ids)}
    shown = []
    for body in bodies:
        body.pop("@context", None)
        if body["type"] == "Create":
            if (post := posts.get(body["object"]["id"])) is None:
                continue
            body["object"] = post.document
        shown.append(body)
    return shown


@for_machines
@for_those_we_speak_to
def featured(request: HttpRequest, name: str) -> HttpResponse:
    """What is pinned to the profile, whole, so that nobody has to ask for each."""
    found = found_actor(name)
    pinned = Post.objects.public().filter(actor=found, is_pinned=True).order_by("-published_at", "-pk")[:MOST_PINNED]
    items = [post.document for post in pinned]
    address = addresses.part(found.name, "featured")
    return collection(request, found, address, total=len(items), items=items)


@for_machines
@for_those_we_speak_to
def follows(request: HttpRequest, name: str, which: str) -> HttpResponse:
    """How many follow, or are followed (sections 5.3 and 5.4). Who they are is their own business: it is not told."""
    found = found_actor(name)
    total = found.followers_count if which == "followers" else found.following_count
    return collection(request, found, addresses.part(found.name, which), total=total)


def collection(
    request: HttpRequest, found: Actor, address: str, *, total: int, kind: str = "OrderedCollection", **more: Any
) -> HttpResponse:
    """A list, by its length and its first page or, when short, its items."""
    if "items" in more and kind == "OrderedCollection":
        more["orderedItems"] = more.pop("items")
    return _answer(request, found, {"id": address, "type": kind, "totalItems": total, **more})


def page(
    request: HttpRequest, found: Actor, address: str, *, items: list[Any], later: str, kind: str = "OrderedCollection"
) -> HttpResponse:
    """A piece of one, and the address of the next."""
    here = {"id": f"{addresses.base()}{request.get_full_path()}", "type": f"{kind}Page", "partOf": address}
    words = "orderedItems" if kind == "OrderedCollection" else "items"
    return _answer(request, found, {**here, words: items, **({"next": later} if later else {})})


def _answer(request: HttpRequest, found: Actor, thing: dict[str, Any]) -> HttpResponse:
    kind = wanted(request, otherwise=ACTIVITY)
    kind = ACTIVITY if kind == HTML else kind
    if found.state == Actor.State.HIDDEN:
        return gone(request, found, kind=kind)
    return as_json(request, with_context(thing), kind=kind, vary=VARY)
