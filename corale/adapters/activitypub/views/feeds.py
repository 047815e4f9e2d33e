"""What one of us says in public, for those who read feeds (RFC 4287)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import format_html
from django.utils.safestring import SafeString

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Post
from corale.adapters.activitypub.public.about import house, short
from corale.adapters.activitypub.public.shown import Shown, byline_of, shown
from corale.adapters.activitypub.views.actors import found_actor
from corale.adapters.activitypub.views.answers import finished, for_machines

NEWEST = 30


@for_machines
def feed(request: HttpRequest, name: str) -> HttpResponse:
    """The newest public posts; answers to others are read where they were given."""
    found = found_actor(name)
    above = house()
    if above is None or found.kind == Actor.Kind.INSTANCE or found.state == Actor.State.HIDDEN:
        raise Http404
    who = byline_of(found)
    atom = Atom1Feed(
        title=f"{who.name} ({who.handle})", link=who.url, description="", subtitle=short(found.summary),
        feed_url=addresses.feed(found.name), feed_guid=found.uri, author_name=who.name, author_link=who.url,
        icon=who.picture or None,
    )  # fmt: skip
    for said in newest(found):
        atom.add_item(
            title=short(said.text, 80), link=said.url, description=str(words_of(said)), unique_id=said.uri,
            author_name=who.name, author_link=who.url, pubdate=said.at, updateddate=said.edited_at or said.at,
            enclosures=[Enclosure(each.url, "0", "image/jpeg") for each in said.media if each.kind == "image"],
        )  # fmt: skip
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    atom.write(response, "utf-8")
    return finished(request, response, fresh_for=300)


def newest(actor: Actor) -> list[Shown]:
    """Said to everybody, and not an answer."""
    said = Post.objects.filter(actor=actor, audience=Post.Audience.PUBLIC, deleted_at=None, in_reply_to="")
    newest = said.select_related("actor__person", "actor__picture").order_by("-published_at", "-pk")
    return shown(list(newest[:NEWEST]))


def words_of(said: Shown) -> SafeString:
    """The words and pictures as HTML; behind a warning, the warning."""
    if said.warning:
        return format_html("<p>{}</p>", said.warning)
    pictures = [
        format_html('<p><img src="{}" alt="{}"></p>', each.url, each.alt) for each in said.media if each.kind == "image"
    ]
    return said.html + SafeString("".join(pictures))
