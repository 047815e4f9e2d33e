"""A post of ours on somebody else's page (oEmbed 1.0): a quotation that needs no script and loads nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.public.about import house
from corale.adapters.activitypub.public.shown import Shown, shown
from corale.adapters.activitypub.views.answers import as_json, for_machines
from corale.adapters.activitypub.views.posts import found_post
from corale.design.words import absolute

WIDTH = 550  # pixels, unless less is asked for


@for_machines
def oembed(request: HttpRequest) -> HttpResponse:
    """`?url=` is the page of a public post (section 2.2); 501 for any format but JSON, 404 for anything else."""
    if request.GET.get("format", "json") != "json":
        return as_json(request, {"error": "only JSON"}, kind="application/json", status=501)
    found = found_post(*place_of(request.GET.get("url", "")))
    above = house()
    if not found.is_public or above is None:
        raise Http404
    [said] = shown([found])
    asked = request.GET.get("maxwidth", "")
    thing: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": said.summary,
        "author_name": said.by.name,
        "author_url": said.by.url,
        "provider_name": above.name,
        "provider_url": above.url,
        "cache_age": 3600,
        "html": quotation(said),
        "width": min(WIDTH, int(asked)) if asked.isdecimal() and len(asked) < 6 else WIDTH,
        "height": None,
    }
    return as_json(request, thing, kind="application/json", fresh_for=300)


def place_of(url: str) -> tuple[str, str]:
    """Name and number in the address of one of our pages."""
    parts = urlsplit(url) if url.isascii() and "[" not in url else urlsplit("")
    if parts.netloc.lower() != addresses.host() or not parts.path.startswith("/@"):
        raise Http404
    name, _slash, number = parts.path[2:].strip("/").partition("/")
    if not name or not number or "/" in number:
        raise Http404
    return name, number


def quotation(said: Shown) -> str:
    """The words, whose they are, and where they stand; behind a warning, the warning."""
    words = format_html("<p>{}</p>", said.warning) if said.warning else said.html
    when = absolute(said.at) if said.at else said.url
    return format_html(
        '<blockquote cite="{0}"{1}>{2}<footer>— <a href="{3}">{4}</a> ({5}), <a href="{0}">{6}</a></footer>'
        "</blockquote>",
        said.url, format_html(' lang="{}"', said.language) if said.language else "", words, said.by.url, said.by.name,
        said.by.handle, when,
    )  # fmt: skip
