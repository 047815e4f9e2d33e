"""What one of us has said, and done, by its id."""

from __future__ import annotations

import json
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Activity, Actor, Post
from corale.adapters.activitypub.views.accepting import ACTIVITY, HTML, wanted
from corale.adapters.activitypub.views.answers import as_json, for_machines
from corale.adapters.activitypub.views.readers import VARY, for_those_we_speak_to, may_read, unwelcome, who_asks
from corale.adapters.activitypub.wire.context import with_context
from corale.adapters.activitypub.wire.writing import tombstone

FRESH = 180  # seconds


@for_machines
def post(request: HttpRequest, name: str, number: str) -> HttpResponse:
    """The object (ActivityPub, section 3.2). What was deleted is a Tombstone (section 6.4). What is not public is for
    those who may read it and say so with their signature; for everybody else it does not exist."""
    found = found_post(name, number)
    kind = wanted(request, otherwise=ACTIVITY)
    if kind == HTML:
        if not found.is_public:
            raise Http404
        response = HttpResponseRedirect(addresses.post_page(found.actor.name, found.number))
        patch_vary_headers(response, VARY)
        return response
    return document(request, found, kind=kind)


def document(request: HttpRequest, found: Post, *, kind: str) -> HttpResponse:
    """The object, or what is left of it, or nothing."""
    if (no := unwelcome(request)) is not None:
        return no
    if not found.was_public and not may_read(found, who_asks(request)):
        raise Http404
    if found.deleted_at is not None or found.actor.state == Actor.State.HIDDEN:
        return as_json(
            request, with_context(tombstone(found.uri, _since(found), was=found.kind)), kind=kind, status=410, vary=VARY
        )
    fresh = FRESH if found.was_public else 0
    return as_json(request, with_context(found.document), kind=kind, fresh_for=fresh, vary=VARY)


def _since(found: Post) -> datetime:
    return found.deleted_at or found.actor.updated_at


@for_machines
@for_those_we_speak_to
def activity(request: HttpRequest, name: str, rest: str) -> HttpResponse:
    """What was done, by the id it was sent with: public things for everybody, others for those they were sent to."""
    uri = f"{addresses.actor(name.lower())}/{rest}"
    found = Activity.objects.filter(uri=uri).select_related("actor").first()
    if found is None or found.actor.state == Actor.State.HIDDEN:
        raise Http404
    body = json.loads(found.body)
    if not found.is_public and not may_read(body, who_asks(request)):
        raise Http404
    kind = wanted(request, otherwise=ACTIVITY)
    fresh = FRESH if found.is_public else 0
    return as_json(request, body, kind=ACTIVITY if kind == HTML else kind, fresh_for=fresh, vary=VARY)


def found_post(name: str, number: str) -> Post:
    """By its address, in one query."""
    found = (
        Post.objects.filter(actor__name=name.lower(), number=number)
        .select_related("actor__person", "actor__picture", "actor__successor")
        .first()
    )
    if found is None:
        raise Http404
    return found
