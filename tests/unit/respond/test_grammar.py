"""What one types to find conversations."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from corale.respond.errors import QueryProblem
from corale.respond.grammar import FIELDS, STATES, Query, Term, moment, parse

words = some.text(
    some.characters(exclude_characters='"', exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=12
)
negated = some.booleans()


def several(values: some.SearchStrategy[str]) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(values, min_size=1, max_size=3, unique=True).map(tuple)


terms = some.one_of(
    some.builds(Term, some.just(""), several(words), negated),
    some.builds(Term, some.just("state"), several(some.sampled_from(STATES)), negated),
    some.builds(Term, some.sampled_from(["from", "label", "channel", "assignee", "language"]), several(words), negated),
    some.builds(
        Term,
        some.just("created"),
        some.sampled_from(["7d", "12h", "3w", "2026-03-01"]).map(lambda value: (value,)),
        negated,
        some.sampled_from(["", "<", ">"]),
    ),
)
queries = some.lists(terms, max_size=6, unique=True).map(lambda found: Query(tuple(found)))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(queries)
def test_a_query_written_and_read_again_is_the_same(query: Query) -> None:
    assert parse(str(query)) == query


@settings(deadline=None)
@given(some.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_with_advice(text: str) -> None:
    try:
        query = parse(text)
    except QueryProblem as problem:
        assert str(problem.message)
    else:
        assert parse(str(query)) == query


def test_the_example_of_the_manual_is_read() -> None:
    query = parse('state:open from:anna channel:bluesky created:>7d -label:spam "exact words"')

    assert query.terms == (
        Term("state", ("open",)),
        Term("from", ("anna",)),
        Term("channel", ("bluesky",)),
        Term("created", ("7d",), operator=">"),
        Term("label", ("spam",), negated=True),
        Term("", ("exact words",)),
    )


def test_commas_are_or_and_quotes_hold_names_together() -> None:
    assert parse('from:"Anna Ferri",carla').terms == (Term("from", ("Anna Ferri", "carla")),)


def test_a_chip_taken_away_leaves_the_others() -> None:
    query = parse("state:open label:urgent")

    assert str(query.without(query.terms[0])) == "label:urgent"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("colour:red", "There is no “colour:”"),
        ("state:happy", "state"),
        ("state:", "says nothing"),
        ('"open', "quotation mark"),
        ("created:>tomorrow", "7d"),
        ("x" * 1001, "too long"),
    ],
)
def test_an_error_says_what_to_do(typed: str, advice: str) -> None:
    with pytest.raises(QueryProblem, match=advice):
        parse(typed)


def test_an_age_counts_back_from_now_and_a_day_begins_at_midnight() -> None:
    now = datetime(2026, 3, 8, 12, tzinfo=UTC)

    assert moment("7d", now) == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert moment("2026-03-01", now) == datetime(2026, 3, 1, tzinfo=UTC)


def test_every_field_is_known_by_its_name() -> None:
    assert {"state", "from", "channel", "created", "label"} <= set(FIELDS)
