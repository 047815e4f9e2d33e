"""A clock that stands still at night."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.opening_hours import OpeningHours

ROME = ZoneInfo("Europe/Rome")
HOUR = 3600.0
FIRST, LAST = datetime(2026, 2, 1, tzinfo=ROME), datetime(2026, 12, 1, tzinfo=ROME)
CLOCK = OpeningHours().clock(FIRST.timestamp(), LAST.timestamp())

moments = st.floats(FIRST.timestamp(), LAST.timestamp())


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ROME).timestamp()


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-16 10:00", "2026-11-18 10:00"),  # Monday to Wednesday
        ("2026-11-20 17:00", "2026-11-24 17:00"),  # Friday afternoon, over a weekend
        ("2026-11-21 12:00", "2026-11-24 18:00"),  # Saturday: begins on Monday morning, ends on Tuesday evening
        ("2026-11-16 22:00", "2026-11-18 18:00"),  # at night
        ("2026-03-27 12:00", "2026-03-31 12:00"),  # over the night in which the clocks go forward
        ("2026-10-23 12:00", "2026-10-27 12:00"),  # and back
    ],
)
def test_two_working_days_end_when_a_calendar_says_so(asked, due):
    assert CLOCK.after(at(asked), 2 * 9 * HOUR) == at(due)


def test_only_opening_time_passes():
    friday, monday = at("2026-11-20 17:30"), at("2026-11-23 09:15")

    assert CLOCK.reading(monday) - CLOCK.reading(friday) == pytest.approx(0.75 * HOUR)


@given(moments, moments)
def test_opening_time_is_never_longer_than_time(one, other):
    early, late = sorted((one, other))

    assert -1e-6 <= CLOCK.reading(late) - CLOCK.reading(early) <= late - early + 1e-6


@given(moments, st.floats(1, 40 * HOUR))
def test_after_undoes_reading(moment, seconds):
    assert CLOCK.reading(CLOCK.after(moment, seconds)) - CLOCK.reading(moment) == pytest.approx(seconds, abs=1e-3)


def test_a_company_open_every_day_has_no_weekend():
    always = OpeningHours(days=(1, 2, 3, 4, 5, 6, 7)).clock(FIRST.timestamp(), LAST.timestamp())
    saturday = datetime(2026, 11, 21, 9, tzinfo=ROME)

    assert always.after(saturday.timestamp(), 9 * HOUR) == (saturday + timedelta(hours=9)).timestamp()
