"""Whom to ask about what: the people who answer in public."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.public.about import About, house
from corale.adapters.activitypub.public.profile import topics_of
from corale.adapters.activitypub.public.shown import Byline, byline_of
from corale.adapters.activitypub.views.answers import for_machines
from corale.adapters.activitypub.views.public import answer, render
from corale.store.keyset import cut

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """One of them, and what they know about."""

    by: Byline
    topics: str
    is_paused: bool


@for_machines
def directory(request: HttpRequest) -> HttpResponse:
    """Those who want to be found, by name; `?q=` looks in what the page shows of them, and in nothing else."""
    if (above := house()) is None:
        raise Http404
    words, after = request.GET.get("q", "").strip()[:100], request.GET.get("after", "")[:100]
    part = cut(found(words).select_related("person", "picture"), ["name"], after, size=A_PAGE)
    about = About(
        title=f"{_('Whom to ask')} · {above.name}",
        description=_("The people of %(name)s who answer in public, and what they know about.") % {"name": above.name},
        url=f"{addresses.base()}{request.path}",
        site=above.name,
        is_indexable=above.is_indexable and not words,
    )
    context = {
        "about": about,
        "house": above,
        "words": words,
        "people": [Listed(byline_of(each), topics_of(each), each.state == Actor.State.PAUSED) for each in part.rows],
        "later": f"?{urlencode({'q': words, 'after': part.later})}" if part.later else "",
    }
    return answer(request, render("directory", context, request))


def found(words: str) -> QuerySet[Actor]:
    """Each word in the name, or in the role or the subjects where they are shown."""
    people = Actor.objects.filter(
        kind=Actor.Kind.PERSON, state__in=[Actor.State.ACTIVE, Actor.State.PAUSED], is_discoverable=True
    )
    for word in words.split()[:8]:
        people = people.filter(
            Q(name__icontains=word.lstrip("@"))
            | Q(display_name__icontains=word)
            | Q(display_name="", person__name__icontains=word)
            | Q(shows_role=True, person__title__icontains=word)
            | Q(shows_topics=True, person__ask_me_about__icontains=word)
        )
    return people
