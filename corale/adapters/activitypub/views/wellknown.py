"""How one is found: WebFinger (RFC 7033) and host-meta (RFC 6415)."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse

from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.views.accepting import ACTIVITY
from corale.adapters.activitypub.views.answers import as_json, finished, for_machines

FEP = "https://w3id.org/fep/3b86/"
JRD = "application/jrd+json"
ERROR = "application/json"  # what is no answer must not look like one (RFC 7033, section 4.2)


class NoResource(ValueError):
    """Missing, or not an address at all."""


@for_machines
def webfinger(request: HttpRequest) -> HttpResponse:
    """Who is acct:name@host, or the actor or page at an address of ours? 400 for what is no URI, 404 for nobody,
    410 for somebody who is gone (RFC 7033, section 4.2). `rel` leaves only links of that kind (section 4.3)."""
    try:
        name = name_in(request.GET.get("resource", ""))
    except NoResource:
        return as_json(request, {"error": "resource must be a URI"}, kind=ERROR, status=400)
    actor = Actor.objects.filter(name=name).select_related("picture").first() if name else None
    if actor is None or actor.state == Actor.State.HIDDEN:
        return as_json(request, {"error": "nobody here"}, kind=ERROR, status=404 if actor is None else 410)
    found = described(actor)
    if kinds := request.GET.getlist("rel"):
        found["links"] = [link for link in found["links"] if link["rel"] in kinds]
    return as_json(request, found, kind=JRD, fresh_for=3600)


def name_in(resource: str) -> str:
    """The name of the actor that a resource speaks of, in small letters; "" when it is somewhere else.

    Errors: NoResource.
    """
    scheme, separator, rest = resource.strip().partition(":")
    if not separator or not scheme.isalpha() or not rest:
        raise NoResource(resource)
    if scheme.lower() == "acct":
        name, separator, host = unquote(rest).lower().removeprefix("@").rpartition("@")
        if not separator or not name or not host or "@" in name:
            raise NoResource(resource)
        return name if host in {addresses.handle_host(), addresses.host()} else ""
    return _name_at(resource) if scheme.lower() in {"http", "https"} else ""


def _name_at(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NoResource(url) from error
    if parts.netloc.lower() not in {addresses.handle_host(), addresses.host()}:
        return ""
    path = unquote(parts.path).lower().rstrip("/")
    for before in ("/actors/", "/@"):
        if path.startswith(before):
            name = path.removeprefix(before)
            return name if "/" not in name else ""
    return ""


def from_here() -> list[dict[str, str]]:
    """Where our own people do things to what they meet elsewhere: one page of ours for all of it (FEP-3b86)."""
    place = f"{addresses.base()}/authorize_interaction?uri="
    ways = {"http://ostatus.org/schema/1.0/subscribe": "{uri}", f"{FEP}Follow": "{object}", f"{FEP}Object": "{object}"}
    return [{"rel": rel, "template": place + name} for rel, name in ways.items()]


def described(actor: Actor) -> dict[str, Any]:
    """The descriptor. `subject` is the handle as it is meant, however it was asked for."""
    page = addresses.page(actor.name)
    links: list[dict[str, str]] = [{"rel": "self", "type": ACTIVITY, "href": actor.uri}]
    if actor.kind != Actor.Kind.INSTANCE:
        links.append({"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page})
        if actor.picture is not None:
            picture = {"type": actor.picture.mime, "href": addresses.picture(actor.picture)}
            links.append({"rel": "http://webfinger.net/rel/avatar", **picture})
        links += from_here()
    aliases = [actor.uri] if actor.kind == Actor.Kind.INSTANCE else [page, actor.uri]
    return {"subject": f"acct:{actor.handle.removeprefix('@')}", "aliases": aliases, "links": links}


@for_machines
def host_meta(request: HttpRequest) -> HttpResponse:
    """Where WebFinger is, for those who ask here first (RFC 6415, section 3)."""
    if own.connection() is None:
        raise Http404
    template = f"{addresses.base()}/.well-known/webfinger?resource={{uri}}"
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">'
        f'<Link rel="lrdd" type="application/jrd+json" template="{template}"/></XRD>\n'
    )
    return finished(request, HttpResponse(body, content_type="application/xrd+xml; charset=utf-8"), fresh_for=86400)
