"""One of us, for machines; people are led to the page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.document import document_of, stub_of
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.views.accepting import ACTIVITY, HTML, wanted
from corale.adapters.activitypub.views.answers import as_json, for_machines
from corale.adapters.activitypub.views.readers import VARY, unwelcome
from corale.adapters.activitypub.wire.context import with_context


@for_machines
def actor(request: HttpRequest, name: str) -> HttpResponse:
    """The document (ActivityPub, section 3.2); whoever is hidden answers as a Tombstone (section 6.4).

    The key is there for everybody, always: others must be able to fetch it before they can believe us. To those with
    whom we do not speak, name and key are all there is.
    """
    found = found_actor(name)
    kind = wanted(request, otherwise=ACTIVITY)
    if kind == HTML and found.kind != Actor.Kind.INSTANCE:
        response = HttpResponseRedirect(addresses.page(found.name))
        patch_vary_headers(response, VARY)
        return response
    return document(request, found, kind=ACTIVITY if kind == HTML else kind)


def document(request: HttpRequest, found: Actor, *, kind: str) -> HttpResponse:
    """The document, or what is left of it."""
    if found.state == Actor.State.HIDDEN:
        return gone(request, found, kind=kind)
    if found.kind != Actor.Kind.INSTANCE and unwelcome(request) is not None:
        return as_json(request, stub_of(found), kind=kind, fresh_for=0, vary=VARY)
    return as_json(request, document_of(found), kind=kind, fresh_for=180, vary=VARY)


def gone(request: HttpRequest, found: Actor, *, kind: str) -> HttpResponse:
    """Somebody was here."""
    left = with_context({"id": found.uri, "type": "Tombstone"})
    return as_json(request, left, kind=kind, status=410, vary=VARY)


def found_actor(name: str) -> Actor:
    """By name, in any case, in one query."""
    found = (
        Actor.objects.filter(name=name.lower())
        .select_related("person", "picture", "header", "successor")
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404
    return found
