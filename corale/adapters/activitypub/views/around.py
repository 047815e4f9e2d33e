"""What is around a post: answers, likes, shares, and the conversation it belongs to."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Post, Reaction
from corale.adapters.activitypub.views.answers import for_machines
from corale.adapters.activitypub.views.collections import collection, page
from corale.adapters.activitypub.views.posts import found_post
from corale.adapters.activitypub.views.readers import for_those_we_speak_to
from corale.store.keyset import cut

A_PAGE = 40
COUNTED = {"likes": Reaction.Kind.LIKE, "shares": Reaction.Kind.BOOST}


@for_machines
@for_those_we_speak_to
def replies(request: HttpRequest, name: str, number: str) -> HttpResponse:
    """Public answers to a post, by their ids: our own first, then everybody else's, in the order they came."""
    found = _public(name, number)
    ours, theirs = answers_of_ours(found), answers_of_theirs(found)
    return _listed(request, found, "replies", ours, theirs)


@for_machines
@for_those_we_speak_to
def context(request: HttpRequest, name: str, number: str) -> HttpResponse:
    """The conversation that a post of ours began (FEP-7888, FEP-f228): every public post in it that we know."""
    found = _public(name, number)
    address = addresses.post_part(found.actor.name, found.number, "context")
    ours = Post.objects.public().filter(context=address)
    theirs = Reaction.objects.filter(post__context=address, kind=Reaction.Kind.REPLY, is_public=True, undone_at=None)
    return _listed(request, found, "context", ours, theirs, kind="OrderedCollection")


@for_machines
@for_those_we_speak_to
def counted(request: HttpRequest, name: str, number: str, what: str) -> HttpResponse:
    """How many like it or passed it on (ActivityPub, sections 5.7 and 5.8). Who they are is not told."""
    found = _public(name, number)
    total = found.reactions.filter(kind=COUNTED[what], undone_at=None).count()
    return collection(
        request, found.actor, addresses.post_part(found.actor.name, found.number, what), total=total, kind="Collection"
    )


def answers_of_ours(found: Post) -> QuerySet[Post]:
    """Public ones."""
    return Post.objects.public().filter(in_reply_to=found.uri)


def answers_of_theirs(found: Post) -> QuerySet[Reaction]:
    """Public ones that stand."""
    return found.reactions.filter(kind=Reaction.Kind.REPLY, is_public=True, undone_at=None)


def _public(name: str, number: str) -> Post:
    found = found_post(name, number)
    if not found.is_public:
        raise Http404
    return found


def _listed(
    request: HttpRequest, found: Post, what: str, ours: QuerySet[Post], theirs: QuerySet[Reaction],
    kind: str = "Collection",
) -> HttpResponse:  # fmt: skip
    """One list out of two: ours to their end, then theirs."""
    address = addresses.post_part(found.actor.name, found.number, what)
    whose, _between, after = request.GET.get("page", "").partition("-")
    if whose not in {"ours", "theirs"}:
        total = ours.count() + theirs.count()
        return collection(request, found.actor, address, total=total, kind=kind, first=f"{address}?page=ours")
    part = cut(ours, ["pk"], after, size=A_PAGE) if whose == "ours" else cut(theirs, ["pk"], after, size=A_PAGE)
    later = f"{whose}-{part.later}" if part.later else "theirs" if whose == "ours" and theirs.exists() else ""
    items = [row.uri for row in part.rows]
    more = f"{address}?page={later}" if later else ""
    return page(request, found.actor, address, items=items, later=more, kind=kind)
