"""The page of facts says what the source says."""

from __future__ import annotations

from scripts import facts


def test_the_page_of_facts_is_as_fresh_as_the_source():
    assert facts.PAGE.read_text() == facts.page(), "write it again: python -m scripts.facts"


def test_every_kind_of_fact_says_what_it_is():
    assert not [event.kind for event in facts.events() if not (event.__doc__ or "").strip().endswith((".", ":"))]
