"""The sieve lets through what a simple and slow reading of the same query would."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.listen.matching.saying import Saying
from corale.listen.matching.sieve import Sieve
from corale.listen.matching.wanted import Near, Wanted, authors, one_word, site, sites, terms
from corale.search.query import Term, tokens

WORDS = ["pane", "pan", "panettone", "città", "strada", "straße", "latte", "2026"]
SITES = ["molino.example", "shop.molino.example", "altro.example"]


def passes(wanted: Wanted, text: str, **more: object) -> bool:
    return bool(list(Sieve({7: wanted}).through([Saying(1, text, **more)])))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("perche", "Ma PERCHÉ?", True),
        ("Straße", "In der STRASSE", True),
        ("pane", "panettone", False),
        ("pane", "il pane, fresco", True),
        ("pane", "#pane", True),
        ("pan*", "panettone", True),
        ("pan*", "Japan", False),
        ('"pane fresco"', "pane, fresco!", True),
        ('"pane fresco"', "fresco pane", False),
        ("“pane fresco”", "pane fresco", True),
        ("pane latte", "solo pane", False),
        ("pane, latte", "latte e pane", True),
    ],
)
def test_required_words_are_compared_whole_without_case_and_accents(typed: str, text: str, expected: bool) -> None:
    assert passes(Wanted(required=terms(typed)), text) is expected


def test_one_of_several_is_enough_and_none_of_the_excluded_may_be_there() -> None:
    wanted = Wanted(either=terms("pane focaccia"), excluded=terms('offerta "codice sconto"'))

    assert passes(wanted, "Che buona la focaccia")
    assert not passes(wanted, "Focaccia in offerta")
    assert not passes(wanted, "Il pane: usa il codice sconto")
    assert passes(wanted, "Il codice del pane")


@pytest.mark.parametrize(("within", "expected"), [(1, False), (2, False), (3, True)])
def test_two_words_are_near_in_either_order(within: int, expected: bool) -> None:
    assert passes(Wanted(near=Near("pacco", "ritardo", within)), "Il pacco è in ritardo") is expected
    assert passes(Wanted(near=Near("ritardo", "pacco", within)), "Il pacco è in ritardo") is expected


def test_a_word_is_not_near_to_itself() -> None:
    assert not passes(Wanted(near=Near("pane", "latte", 5)), "pane pane")


def test_authors_are_known_by_handle_or_id_and_sites_by_the_hosts_of_links() -> None:
    link = {"facets": [{"kind": "link", "value": "https://www.Shop.Molino.example:443/pane?q=1"}]}

    assert passes(Wanted(authors=authors("@Carla.test, bruno")), "Ciao", handles=("carla.test", "did:x"))
    assert passes(Wanted(authors=authors("did:x")), "Ciao", handles=("carla.test", "did:x"))
    assert not passes(Wanted(authors=authors("anna")), "Ciao", handles=("carla.test",))
    assert passes(Wanted(sites=sites("https://molino.example/")), "Guarda", extras=link)
    assert not passes(Wanted(sites=sites("olino.example")), "Guarda", extras=link)


def test_the_language_is_read_only_when_it_was_not_declared() -> None:
    wanted = Wanted(required=terms("ciao"), languages=frozenset({"it"}))

    assert passes(wanted, "ciao", declared="it-IT")
    assert not passes(wanted, "ciao", declared="en", tell=lambda text: "it")
    assert passes(wanted, "ciao", tell=lambda text: "it")
    assert not passes(wanted, "ciao")


def test_who_is_muted_is_not_let_through() -> None:
    wanted = Wanted(required=terms("ciao"))
    link = {"attachments": [{"kind": "link", "url": "https://spam.example/a"}]}

    assert not passes(replace(wanted, muted_authors=frozenset({5})), "ciao", identity=5)
    assert passes(replace(wanted, muted_authors=frozenset({5})), "ciao", identity=6)
    assert not passes(replace(wanted, muted_sites=frozenset({"spam.example"})), "ciao", extras=link)


def test_a_query_for_nothing_catches_nothing() -> None:
    assert not Wanted(languages=frozenset({"it"}), excluded=terms("pane")).says_something
    assert list(Sieve({}).through([Saying(1, "ciao")])) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://www.Molino.example/pane", "molino.example"),
        ("molino.example:8080", "molino.example"),
        ("//user@molino.example.", "molino.example"),
        ("pane", ""),
        ("", ""),
    ],
)
def test_a_site_is_the_host_of_an_address(typed: str, expected: str) -> None:
    assert site(typed) == expected


def test_near_takes_one_word() -> None:
    assert (one_word("Città!"), one_word("due parole"), one_word("")) == ("citta", "", "")


word = st.sampled_from(WORDS)
phrase = st.lists(word, min_size=1, max_size=3).map(lambda words: tuple(tokens(" ".join(words))))
term = st.builds(Term, phrase, st.booleans())
some = st.lists(term, max_size=3).map(tuple)
near_ = st.builds(Near, word.map(one_word), word.map(one_word), st.integers(1, 4))
wanted_ = st.builds(
    Wanted,
    required=some,
    either=some,
    excluded=some,
    near=st.none() | near_.filter(lambda near: near.first != near.second),
    sites=st.lists(st.sampled_from(SITES), max_size=2).map(frozenset),
    languages=st.lists(st.sampled_from(["it", "en"]), max_size=1).map(frozenset),
    muted_authors=st.lists(st.integers(1, 2), max_size=1).map(frozenset),
).filter(lambda wanted: wanted.says_something)  # fmt: skip
text_ = st.lists(word.map(str.upper) | word | st.sampled_from(["–", "e,", "!"]), max_size=9).map(" ".join)
saying_ = st.builds(
    lambda text, sites, language, identity: Saying(
        1, text, identity=identity, declared=language,
        extras={"facets": [{"kind": "link", "value": f"https://{each}/x"} for each in sites]},
    ),
    text_, st.lists(st.sampled_from(SITES), max_size=2), st.sampled_from(["it", "en", ""]), st.integers(1, 3),
)  # fmt: skip


@given(st.lists(wanted_, min_size=1, max_size=8), st.lists(saying_, max_size=4))
def test_many_queries_at_once_are_each_query_alone(queries: list[Wanted], sayings: list[Saying]) -> None:
    sieved = [(key, id(saying)) for key, saying in Sieve(dict(enumerate(queries))).through(sayings)]
    plainly = {(key, id(each)) for key, query in enumerate(queries) for each in sayings if plain(query, each)}

    assert len(sieved) == len(set(sieved))
    assert set(sieved) == plainly


def plain(wanted: Wanted, saying: Saying) -> bool:
    """One question after the other, with regular expressions."""
    words = " ".join(tokens(saying.text))
    hosts = [each["value"].split("/")[2] for each in saying.extras["facets"]]
    return (
        all(stands(each, words) for each in wanted.required)
        and (not wanted.either or any(stands(each, words) for each in wanted.either))
        and not any(stands(each, words) for each in wanted.excluded)
        and (wanted.near is None or together(wanted.near, words.split()))
        and (not wanted.sites or any(f".{host}".endswith(f".{each}") for host in hosts for each in wanted.sites))
        and (not wanted.languages or saying.declared in wanted.languages)
        and saying.identity not in wanted.muted_authors
    )


def stands(term: Term, words: str) -> bool:
    end = "" if term.prefix else r"\b"
    return re.search(rf"\b{re.escape(' '.join(term.words))}{end}", words) is not None


def together(near: Near, words: list[str]) -> bool:
    first = [place for place, each in enumerate(words) if each == near.first]
    second = [place for place, each in enumerate(words) if each == near.second]
    return any(abs(one - other) <= near.within for one in first for other in second)
