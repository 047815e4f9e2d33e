"""How the index reads the names of themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corale.improve.models import Theme
from corale.search import sources
from corale.search.models import Pending
from corale.search.sources import Words


def register() -> None:
    """Into the search over everything."""
    sources.register(Pending.Kind.THEME, names)


def names(ids: Sequence[int]) -> Iterable[Words]:
    """What a theme is called."""
    return [Words(pk, name) for pk, name in Theme.objects.filter(pk__in=ids).values_list("pk", "name")]
