"""Words are found: accents folded, phrases, beginnings, exclusions; newest first; the same on both databases."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import category, normalize

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corale.channels.models import Connection
from corale.channels.text import plain
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Message
from corale.search import find
from corale.search.index import index_all
from corale.search.models import Entry, Name, Pending
from corale.search.query import parse, tokens
from corale.store.rows import is_postgresql
from tests.unit.conversations.test_receive import said, who

pytestmark = pytest.mark.django_db
TEXTS = [
    "Il caffè è ottimo, perché lo tostate voi?",
    "La macchina del caffe perde acqua",
    "Acqua calda e farina",
    "When do you open? The coffee machine leaks",
    "Grazie! caffè, caffè, caffè",
]


@pytest.fixture
def shop() -> Connection:
    return Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test", demo=True)


@pytest.fixture
def indexed(shop: Connection) -> Connection:
    take_in(shop, [said(f"m{number}", text, number) for number, text in enumerate(TEXTS)])
    index_all()
    return shop


def found(text: str) -> list[str]:
    ids = [hit.message_id for hit in find.newest(text)]
    texts = dict(Message.objects.filter(pk__in=ids).values_list("id", "native_id"))
    return [texts[pk] for pk in ids]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("caffè", ["m4", "m1", "m0"]),
        ("CAFFE", ["m4", "m1", "m0"]),
        ("caffè acqua", ["m1"]),
        ('"macchina del caffè"', ["m1"]),
        ('"caffè macchina"', []),
        ("mac*", ["m3", "m1"]),
        ("acqua -farina", ["m1"]),
        ("perche", ["m0"]),
        ("nulla", []),
        ("", []),
        ("-acqua", []),
        ("'; DROP TABLE x; --", []),
        ('NEAR("', []),
    ],
)
def test_what_is_typed_is_found(indexed: Connection, typed: str, expected: list[str]) -> None:
    assert found(typed) == expected


def test_newest_first_goes_by_when_it_was_written_not_by_when_it_arrived(indexed: Connection) -> None:
    take_in(indexed, [said("old", "caffè d'epoca", -60 * 24 * 365)])
    index_all()

    assert found("caffè")[-1] == "old"


def test_pages_follow_each_other_without_gap_or_repeat(indexed: Connection) -> None:
    first = find.newest("caffè", limit=2)
    rest = find.newest("caffè", limit=2, before=first[-1].entry)

    assert len({hit.message_id for hit in first + rest}) == 3


def test_an_edit_forgets_the_old_words(indexed: Connection) -> None:
    take_in(indexed, [said("m2", "Solo pane", 9, version="2")])
    index_all()

    assert found("farina") == []
    assert found("pane") == ["m2"]
    assert not Pending.objects.exists()


def test_best_first_puts_the_message_that_speaks_of_nothing_else_before_the_others(indexed: Connection) -> None:
    hits = find.best("caffè").hits

    assert {hit.message_id for hit in hits} == {hit.message_id for hit in find.newest("caffè")}
    assert Message.objects.get(pk=hits[0].message_id).native_id in {"m4", "m1"}


def test_what_is_gone_is_not_found(indexed: Connection) -> None:
    message = Message.objects.get(native_id="m1")
    Pending.objects.create(kind=0, object_id=message.pk, old=message.text)
    message.delete()
    index_all()

    assert found("macchina") == []
    assert Entry.objects.count() == 4


def test_people_are_found_by_the_beginning_of_any_name_or_handle(shop: Connection) -> None:
    take_in(shop, [said("a", by=who() | {"name": "Carla Bianchì", "handle": "carlotta.test"})])
    index_all()
    person = Name.objects.filter(kind=1)[0].object_id

    for typed in ("car", "bianchi", "BIAN carl", "carlotta"):
        assert find.names(typed, kind=1) == [person]
    assert find.names("rossi", kind=1) == []


def test_a_walk_ends_with_the_matches(indexed: Connection) -> None:
    walked = find.walk("caffè", among=None, limit=50)

    assert len(walked.hits) == 3
    assert walked.onward is None and not walked.ended_early


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_query(text: str) -> None:
    for term in parse(text):
        assert term.words
        assert all(tokens(word) == [word] for word in term.words)


@given(st.text(max_size=300) | st.text("abcXYZ019_-'.@ \t\n", max_size=300))
def test_words_are_letters_and_digits_without_accent_and_case_cut_after_a_hundred(text: str) -> None:
    bare = "".join(each for each in normalize("NFKD", normalize("NFKD", text).casefold()) if category(each)[0] != "M")

    assert tokens(text) == re.findall(r"[^\W_]{1,100}", bare)


def test_a_very_long_word_is_cut() -> None:
    assert [len(word) for word in tokens("è " + "x" * 250)] == [1, 100, 100, 50]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), typed=st.text(max_size=30))
def test_a_message_is_found_exactly_when_it_has_every_word(
    shop: Connection, transactional_words: list[int], text: str, typed: str
) -> None:
    transactional_words.append(len(transactional_words))
    native_id = f"w{len(transactional_words)}"
    take_in(shop, [said(native_id, text, len(transactional_words))])
    index_all()
    wanted = [word for term in parse(typed) if not term.excluded for word in term.words]
    single = " ".join(wanted)
    if wanted and len(wanted) == len(single.split()):
        assert (native_id in found(single)) == (set(wanted) <= set(tokens(plain(text))))  # as it was kept


@pytest.fixture
def transactional_words() -> list[int]:
    return []


def test_many_messages_of_the_same_second_all_stand_in_the_index(shop: Connection) -> None:
    take_in(shop, [said(f"s{number}", "uguale") for number in range(300)])
    index_all()

    assert len(find.newest("uguale", limit=500)) == 300


@pytest.mark.skipif(not is_postgresql(), reason="FTS5 keeps no list of its own")
def test_a_search_after_a_burst_has_no_list_of_new_words_to_read_through(shop: Connection) -> None:
    take_in(shop, [said(f"b{number}", f"parola{number} caffè", number) for number in range(300)])
    index_all()

    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_entry_words')")
        assert cursor.fetchone() == (0,)
    assert len(find.newest("parola299 caffè")) == 1


def test_indexing_costs_the_same_statements_whatever_the_batch(
    shop: Connection, django_assert_max_num_queries: Any
) -> None:
    take_in(shop, [said(f"q{number}", f"parola{number}", number) for number in range(300)])
    with django_assert_max_num_queries(40):
        index_all()
