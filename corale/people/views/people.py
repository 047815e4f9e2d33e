"""Everybody the company has met, and everybody who works there."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from corale.design.pages import page
from corale.people.models import Identity, Person
from corale.people.request import PersonRequest
from corale.search import find
from corale.store import keyset

BY_NAME = ("name", "pk")
PERSON = 1  # in the index
AT_MOST = 500  # people of one name


def people(request: PersonRequest) -> HttpResponse:
    """By name; `?q=` looks in names and handles, `?who=colleagues` shows whom to ask about what."""
    words, who = request.GET.get("q", "").strip(), request.GET.get("who", "")
    found = _found(request.person, words, who).prefetch_related("identities", "affiliations").select_related("user")
    shown = keyset.cut(found, BY_NAME, request.GET.get("after", ""))
    return page(request, "people/people.html", {"shown": shown, "words": words, "who": who}, part="people")


def _found(by: Person, words: str, who: str) -> QuerySet[Person]:
    known = Person.objects.visible_to(by).filter(merged_into=None, erased_at=None)
    known = known.filter(user__is_active=True) if who == "colleagues" else known
    known = known.exclude(pk__in=Identity.objects.filter(ours=True).values("person"))
    if not words:
        return known
    if who != "colleagues" and (ids := find.names(words, kind=PERSON, limit=AT_MOST)):
        return known.filter(pk__in=ids)
    # Nothing begins like this (or the index has not read it yet): look inside the words.
    handles = Identity.objects.filter(handle__icontains=words.lstrip("@")).values("person")
    return known.filter(Q(name__icontains=words) | Q(ask_me_about__icontains=words) | Q(pk__in=handles))
