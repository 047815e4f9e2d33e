"""Waiting times of which some have not ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.kaplan_meier import KaplanMeier
from corale.lib.wilson import wilson

Z95 = 1.959964

# Weeks of remission of 21 children with leukaemia under 6-mercaptopurine (Freireich and others, Blood, 1963),
# the reference of most textbooks; True: the illness came back.
FREIREICH = [(week, True) for week in (6, 6, 6, 7, 10, 13, 16, 22, 23)] + [
    (week, False) for week in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
]

waits = st.lists(st.tuples(st.floats(0, 1000, allow_nan=False), st.booleans()), max_size=60)


@pytest.mark.parametrize(
    ("week", "survival", "error"),
    [
        (5, 1.0, 0.0),
        (6, 0.8571, 0.0764),
        (7, 0.8067, 0.0869),
        (10, 0.7529, 0.0963),
        (13, 0.6902, 0.1068),
        (16, 0.6275, 0.1141),
        (22, 0.5378, 0.1282),
        (23, 0.4482, 0.1346),
        (35, 0.4482, 0.1346),
    ],
)
def test_it_finds_what_the_textbooks_find(week, survival, error):
    remission = KaplanMeier(FREIREICH)

    assert 1 - remission.happened_by(week) == pytest.approx(survival, abs=5e-5)
    assert remission.variance_at(week) ** 0.5 == pytest.approx(error, abs=5e-5)


@pytest.mark.parametrize(("week", "low", "high"), [(6, 0.6197, 0.9516), (10, 0.5032, 0.8894), (23, 0.1881, 0.6801)])
def test_the_interval_on_the_log_log_scale_is_the_published_one(week, low, high):
    interval = KaplanMeier(FREIREICH).interval_at(week, z=Z95)

    assert 1 - interval.high == pytest.approx(low, abs=5e-5)
    assert 1 - interval.low == pytest.approx(high, abs=5e-5)


def test_those_still_waiting_were_at_risk_of_what_happened_at_the_same_moment():
    first = KaplanMeier(FREIREICH).steps[0]

    assert (first.at_risk, first.events) == (21, 3)


@given(st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=40), st.floats(0, 100))
def test_when_nobody_is_still_waiting_it_is_the_plain_share(times, moment):
    estimate = KaplanMeier((time, True) for time in times).happened_by(moment)

    assert estimate == pytest.approx(sum(time <= moment for time in times) / len(times))


@given(waits, st.floats(0, 1000), st.floats(0, 1000))
def test_the_estimate_is_a_probability_and_grows_with_time(observations, one, other):
    curve = KaplanMeier(observations)
    early, late = sorted((one, other))

    assert 0 <= curve.happened_by(early) <= curve.happened_by(late) + 1e-12 <= 1 + 2e-12


@given(waits, st.floats(0, 1000, allow_nan=False), st.floats(0, 1000))
def test_somebody_who_still_waits_never_makes_it_look_better(observations, waited, moment):
    before = KaplanMeier(observations).happened_by(moment)
    after = KaplanMeier([*observations, (waited, False)]).happened_by(moment)

    assert after <= before + 1e-9


@given(waits, st.floats(0, 1000))
def test_the_interval_holds_the_estimate(observations, moment):
    curve = KaplanMeier(observations)
    low, high = curve.interval_at(moment)

    assert -1e-9 <= low <= curve.happened_by(moment) + 1e-9
    assert curve.happened_by(moment) - 1e-9 <= high <= 1 + 1e-9


@given(waits, st.floats(0, 1000))
def test_a_sample_that_counts_for_less_knows_less(observations, moment):
    curve = KaplanMeier(observations)

    whole = curve.interval_at(moment, n_effective=curve.n)
    third = curve.interval_at(moment, n_effective=curve.n / 3)

    assert third.half_width >= whole.half_width - 1e-9


def test_at_both_ends_the_interval_is_wilsons():
    nobody = KaplanMeier([(5.0, False)] * 40)
    everybody = KaplanMeier([(5.0, True)] * 40)

    assert nobody.interval_at(5) == wilson(0, 40)
    assert everybody.interval_at(5) == wilson(40, 40)


def test_it_says_when_nobody_was_watched_for_so_long():
    young = KaplanMeier([(1.0, True), (2.0, False)])

    assert young.follows(2)
    assert not young.follows(7)
    assert KaplanMeier([(1.0, True)]).follows(7)
    assert not KaplanMeier([]).follows(7)
