"""What this server says about itself (NodeInfo 2.0 and 2.1, FEP-f1d5): counted, never made up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from corale import __version__
from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.document import name_of
from corale.adapters.activitypub.models import Actor, Post
from corale.adapters.activitypub.views.answers import as_json, for_machines

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema"
APPLICATION = "https://www.w3.org/ns/activitystreams#Application"
VERSIONS = ("2.1", "2.0")
COUNTED_FOR = 600  # seconds


@for_machines
def index(request: HttpRequest) -> HttpResponse:
    """Where the descriptions are, the newest first."""
    _brand()
    links = [{"rel": f"{SCHEMA}/{each}", "href": f"{addresses.base()}/nodeinfo/{each}"} for each in VERSIONS]
    application = {"rel": APPLICATION, "href": addresses.actor(addresses.INSTANCE)}  # FEP-2677
    return as_json(request, {"links": [*links, application]}, kind="application/json", fresh_for=86400)


@for_machines
def nodeinfo(request: HttpRequest, version: str) -> HttpResponse:
    """The description, in the version asked for."""
    if version not in VERSIONS:
        raise Http404
    brand = _brand()
    software = {"name": "corale", "version": __version__}
    thing = {
        "version": version,
        "software": software,
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["atom1.0"]},
        "openRegistrations": False,
        "usage": cache.get_or_set("activitypub:nodeinfo", usage, COUNTED_FOR),
        "metadata": {"nodeName": name_of(brand), "nodeDescription": brand.summary},
    }
    kind = f'application/json; profile="{SCHEMA}/{version}#"'
    return as_json(request, thing, kind=kind, fresh_for=COUNTED_FOR)


def _brand() -> Actor:
    """Nobody describes a server that is not on the network."""
    brand = own.brand()
    if brand is None or own.connection() is None:
        raise Http404
    return brand


def usage() -> dict[str, Any]:
    """Actors that can be found, those of them who have said something in public lately, and what stands there."""
    now = timezone.now()
    actors = Actor.objects.public().filter(state__in=[Actor.State.ACTIVE, Actor.State.PAUSED])
    said = Post.objects.public()
    return {
        "users": {
            "total": actors.count(),
            "activeMonth": _active(now - timedelta(days=30)),
            "activeHalfyear": _active(now - timedelta(days=180)),
        },
        "localPosts": said.filter(in_reply_to="").count(),
        "localComments": said.exclude(in_reply_to="").count(),
    }


def _active(since: Any) -> int:
    recent = Post.objects.public().filter(actor=OuterRef("pk"), published_at__gte=since)
    return Actor.objects.public().filter(Exists(recent)).count()
