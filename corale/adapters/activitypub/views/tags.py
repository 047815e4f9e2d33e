"""Where a hashtag in something we said leads: to what else we said under it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Post
from corale.adapters.activitypub.public.about import About, house
from corale.adapters.activitypub.public.shown import shown
from corale.adapters.activitypub.views.answers import for_machines
from corale.adapters.activitypub.views.public import answer, render

LOOKED_AT, A_PAGE = 600, 30


@for_machines
def tag(request: HttpRequest, name: str) -> HttpResponse:
    """The newest public posts with it, among the newest of all."""
    if (above := house()) is None:
        raise Http404
    said = Post.objects.filter(audience=Post.Audience.PUBLIC, deleted_at=None).exclude(actor__state=Actor.State.HIDDEN)
    newest = said.order_by("-pk").values_list("pk", "document__tag")[:LOOKED_AT]
    fitting = [pk for pk, tags in newest if _is_among(name, tags)][:A_PAGE]
    posts = Post.objects.filter(pk__in=fitting).select_related("actor__person", "actor__picture").order_by("-pk")
    about = About(f"#{name}", f"#{name} · {above.name}", f"{addresses.tags()}{name}", above.name)
    context = {"about": about, "house": above, "name": name, "posts": shown(list(posts))}
    return answer(request, render("tag", context, request))


def _is_among(name: str, tags: object) -> bool:
    wanted = f"#{name}".casefold()
    return isinstance(tags, list) and any(
        isinstance(each, dict) and each.get("type") == "Hashtag" and str(each.get("name", "")).casefold() == wanted
        for each in tags
    )
