"""Whatever is said and asked: found is what a reader with endless patience would find, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corale.channels.models import Connection
from corale.conversations.models import Conversation
from corale.search import find
from corale.search.engines import engine, reach
from corale.search.index import entry_id, folded
from corale.search.query import Term, is_empty, parse, tokens
from corale.search.sources import Words

pytestmark = pytest.mark.django_db
STATES = ("open", "waiting", "closed", "spam")
BEGIN = datetime(2016, 3, 1, tzinfo=UTC)
# Some words begin like others, some differ by an accent, one becomes longer when it is folded, one is rare.
WORDS = "caffè caffe Caffettiera caffellatte acqua ACQUAIO Straße strasse pane panettone di la l'olio 2024 x"
SAID = st.sampled_from(WORDS.split())
asked_word = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "", "-"]),
    st.one_of(SAID, st.sampled_from(["caf", "pan", "acq", "str", "z"])),
    st.sampled_from(["", "", "*"]),
)
asked_phrase = st.lists(SAID, min_size=2, max_size=3).map(lambda words: '"{}"'.format(" ".join(words)))
asked = st.lists(st.one_of(asked_word, asked_phrase), min_size=1, max_size=3).map(" ".join)


@dataclass(frozen=True)
class Said:
    """A message: its words, when (in minutes), in which of four conversations."""

    words: list[str]
    at: int
    place: int


# Together, then apart by hours, days and years: so that a search has to reach back in steps of every length.
moments = st.one_of(st.integers(0, 90), st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 24 * 365 * 9))
corpus = st.lists(st.builds(Said, st.lists(SAID, min_size=1, max_size=7), moments, st.integers(0, 3)), max_size=40)


@pytest.fixture
def places() -> list[int]:
    """Four conversations, each in a state of its own."""
    shop = Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test")
    return [
        Conversation.objects.create(connection=shop, root_key=number, state=state).pk
        for number, state in enumerate(STATES)
    ]


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens to thousands happens to forty."""
    monkeypatch.setattr(reach, "FIRST", 3)
    monkeypatch.setattr(find, "WALKED", 7)
    monkeypatch.setattr(find, "RANKED_AMONG", 7)


@contextmanager
def indexed(corpus: list[Said], places: list[int]) -> Iterator[list[tuple[int, int, int, str]]]:
    """In the index for a moment, newest first."""
    number = count(1)
    entries = sorted(
        (entry_id(Words(pk, "", BEGIN + timedelta(minutes=said.at))), pk, places[said.place], " ".join(said.words))
        for said in corpus
        for pk in [next(number)]
    )
    with transaction.atomic():
        engine().insert([(*entry[:3], folded(entry[3])) for entry in entries])
        engine().merge()
        yield entries[::-1]
        transaction.set_rollback(True)


def says(text: str, terms: tuple[Term, ...]) -> bool:
    """All that is wanted, nothing that is not."""
    words = tokens(text)
    return not is_empty(terms) and all(stands(words, term) != term.excluded for term in terms)


def stands(words: list[str], term: Term) -> bool:
    """The words of a term one after the other; the last may be a beginning."""
    *before, last = term.words
    for start in range(len(words) - len(before)):
        *heard, end = words[start : start + len(term.words)]
        if heard == before and (end.startswith(last) if term.prefix else end == last):
            return True
    return False


def among(states: set[str]) -> QuerySet[Any] | None:
    return Conversation.objects.filter(state__in=states) if states else None


unfiltered_or_filtered = st.sets(st.sampled_from(STATES), max_size=2)
several = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@several
@given(corpus=corpus, typed=asked, states=unfiltered_or_filtered, size=st.integers(1, 6))
def test_page_after_page_is_everything_that_matches_and_nothing_twice(
    places: list[int], corpus: list[Said], typed: str, states: set[str], size: int
) -> None:
    with indexed(corpus, places) as entries:
        found: list[int] = []
        before: int | None = None
        while True:
            walked = find.walk(typed, among=among(states), limit=size, before=before)
            found += [hit.entry for hit in walked.hits]
            before = walked.onward
            if before is None:
                break
            assert len(walked.hits) == size or walked.ended_early

    wanted = {place for place, state in zip(places, STATES, strict=True) if not states or state in states}
    assert found == [entry for entry, _pk, place, text in entries if place in wanted and says(text, parse(typed))]


@several
@given(corpus=corpus, typed=asked)
def test_the_newest_are_the_newest(places: list[int], corpus: list[Said], typed: str) -> None:
    with indexed(corpus, places) as entries:
        found = [(hit.entry, hit.message_id, hit.conversation_id) for hit in find.newest(typed, limit=5)]

    assert found == [entry[:3] for entry in entries if says(entry[3], parse(typed))][:5]


@several
@given(corpus=corpus, typed=asked, states=unfiltered_or_filtered)
def test_the_best_are_the_newest_in_another_order(
    places: list[int], corpus: list[Said], typed: str, states: set[str]
) -> None:
    with indexed(corpus, places) as entries:
        ranked = find.best(typed, among=among(states))

    wanted = {place for place, state in zip(places, STATES, strict=True) if not states or state in states}
    matching = [entry for entry in entries if says(entry[3], parse(typed))]
    newest = [entry[0] for entry in matching[:7] if entry[2] in wanted]
    assert sorted(hit.entry for hit in ranked.hits) == sorted(newest)
    assert ranked.is_of_newest == (len(matching) >= 7)
