"""What was said before a post and after it, as far as it is public and we know it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import Q
from django.utils.html import linebreaks, urlize
from django.utils.safestring import mark_safe

from corale.adapters.activitypub.hosts import blocked_among, host_of, limited_among
from corale.adapters.activitypub.models import Post, RemoteActor
from corale.adapters.activitypub.own import connection
from corale.adapters.activitypub.public.shown import Byline, Shown, shown
from corale.adapters.activitypub.views.around import answers_of_theirs
from corale.channels import record
from corale.channels.contract import Said
from corale.channels.keys import key_of

UP = 4  # steps before a post
ANSWERS = 50  # after it
LAST = datetime.max.replace(tzinfo=UTC)


def before(post: Post) -> list[Shown]:
    """What it answers, and what that answered, the oldest first; it ends where we know nothing, or nothing public."""
    found: list[Shown] = []
    uri = post.in_reply_to
    while uri and len(found) < UP:
        step = _ours([uri]) or _theirs([uri])
        if not step:
            break
        found.append(step[0])
        uri = step[0].answers_to
    return found[::-1]


def after(post: Post) -> list[Shown]:
    """Public answers to it, and ours to those, in the order in which they were given."""
    uris = list(answers_of_theirs(post).order_by("pk").values_list("uri", flat=True)[:ANSWERS])
    theirs = _theirs(uris)
    ours = _ours([post.uri, *(each.uri for each in theirs)], answering=True)
    return sorted([*theirs, *ours], key=lambda each: each.at or LAST)


def _ours(uris: Sequence[str], *, answering: bool = False) -> list[Shown]:
    named = {"in_reply_to__in": uris} if answering else {"uri__in": uris}
    posts = Post.objects.public().filter(**named).exclude(actor__state="hidden")
    return shown(list(posts.select_related("actor__person", "actor__picture").order_by("pk")[:ANSWERS]))


def _theirs(uris: Sequence[str]) -> list[Shown]:
    house = connection() if uris else None
    said = record.public(house, uris) if house is not None else []
    unwanted = _unwanted([each.author.stable_id for each in said])
    return [_said(each) for each in said if key_of(each.author.stable_id) not in unwanted]


def _unwanted(uris: Sequence[str]) -> set[int]:
    """Those whom we, or their whole server, do not want to hear: we do not show them either. Nor those of limited
    servers, as everywhere on the network."""
    if not uris:
        return set()
    hosts = {host_of(uri) for uri in uris}
    away = blocked_among(hosts) | limited_among(hosts)
    known = RemoteActor.objects.filter(key__in=[key_of(uri) for uri in uris]).filter(
        Q(is_blocked=True) | Q(is_muted=True)
    )
    return set(known.values_list("key", flat=True)) | {key_of(uri) for uri in uris if host_of(uri) in away}


def _said(said: Said) -> Shown:
    """Somebody else's words, as text: no picture of theirs, nothing that their HTML could do."""
    who = said.author
    return Shown(
        uri=said.native_id,
        url=said.url or said.native_id,
        by=Byline(who.name or who.handle, f"@{who.handle}" if who.handle else "", who.url or who.stable_id),
        html=mark_safe(linebreaks(urlize(said.text, nofollow=True, autoescape=True))),  # noqa: S308  escaped by urlize
        at=said.written_at,
        language=said.language,
        warning=said.warning,
        answers_to=said.parent,
    )
