"""Names, counts and moments as the screen shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from corale.design import words

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Carla Bianchi", "CB"),
        ("Giulia De Santis Martinelli", "GM"),
        ("@carla.example", "C"),
        ("łucja nowak", "ŁN"),
        ("李 小龍", "李小"),
        ("", "·"),
        ("🙂", "·"),
    ],
)
def test_a_face_without_a_picture_shows_initials(name, letters):
    assert words.initials(name) == letters


@given(st.text())
def test_any_name_has_initials_and_one_of_eight_tones(name):
    assert words.initials(name)
    assert words.tone(name) in range(1, 9)
    assert words.tone(name) == words.tone(f" {name} ")


@pytest.mark.parametrize(("count", "shown"), [(None, ""), (0, ""), (7, "7"), (999, "999"), (1000, "999+")])
def test_counts_are_exact_to_999(count, shown):
    assert words.many(count) == shown


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=2), "Fri"),
        (timedelta(days=40), "13 Oct"),
        (timedelta(days=400), "18 Oct 2025"),
    ],
)
def test_times_are_told_as_one_would_say_them(before, shown):
    with translation.override("en"):
        assert words.ago(NOW - before, NOW) == shown


def test_a_moment_to_come_is_told_whole():
    with translation.override("en"), timezone.override("Europe/Rome"):
        assert words.ago(NOW + timedelta(hours=5), NOW) == "22 November 2026, 18:00"


def test_hits_are_marked_without_minding_accents_or_case():
    assert words.highlighted("Perché il caffè è freddo?", "PERCHE caffe") == (
        "<mark>Perché</mark> il <mark>caffè</mark> è freddo?"
    )


def test_a_hit_inside_a_letter_that_folds_to_two_marks_the_letter():
    assert words.highlighted("die Straße", "strasse") == "die <mark>Straße</mark>"


def test_words_that_look_like_markup_stay_words():
    assert words.highlighted("<script>alert(1)</script>", "script") == (
        "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"
    )


@given(st.text(), st.text())
def test_marking_never_lets_markup_through(text, query):
    shown = words.highlighted(text, query).replace("<mark>", "").replace("</mark>", "")

    assert "<" not in shown
    assert ">" not in shown
