"""R1 and R2: whoever speaks to us is answered, by a human."""

from __future__ import annotations

from datetime import timedelta

import pytest

from corale.lib.kaplan_meier import KaplanMeier
from tests.unit.indicator.by_hand import ANNA, BLUESKY, DAY, EMAIL, HOUR, MASTODON, Ledger, rows_of


@pytest.fixture
def ledger(db):
    return Ledger()


def forty(ledger: Ledger, hours: float) -> list:
    items = [ledger.said(100 + number, 20 * DAY) for number in range(40)]
    for item in items[:30]:
        ledger.answered(item, timedelta(hours=hours))
    return items


def test_what_was_answered_within_the_promise_counts_for_us_and_what_was_not_against(ledger):
    items = forty(ledger, hours=2)

    found = ledger.measure("R1")

    assert (found.value, found.hits, found.n, found.n_effective) == (pytest.approx(0.75), 30, 40, 40)
    assert rows_of(found, "hit") == [item.message_id for item in items[:30]]
    assert rows_of(found, "miss") == [item.message_id for item in items[30:]]


def test_too_late_for_the_promise_is_still_an_answer_within_the_week(ledger):
    forty(ledger, hours=5)

    assert ledger.measure("R1").value == 0
    assert ledger.measure("R2").value == pytest.approx(0.75)


def test_each_channel_has_its_own_promise(ledger):
    for number in range(10):
        ledger.answered(ledger.said(100 + number, 20 * DAY, on=BLUESKY), 5 * HOUR)
        ledger.answered(ledger.said(200 + number, 20 * DAY, on=EMAIL), 5 * HOUR)

    assert ledger.measure("R1").value == pytest.approx(0.5)


def test_channels_are_estimated_apart_and_weighted_by_what_was_said_there(ledger):
    bluesky = [(1.0, 20.0), (None, 2.0), (2.0, 20.0), (None, 20.0)]  # hours to the answer, hours ago
    mastodon = [(None, 1.0), (2.5, 20.0), (None, 0.5)]
    for connection, said in ((BLUESKY, bluesky), (MASTODON, mastodon)):
        for number, (wait, ago) in enumerate(said):
            item = ledger.said(100 * connection + number, timedelta(hours=ago), on=connection)
            if wait is not None:
                ledger.answered(item, timedelta(hours=wait))

    apart = [KaplanMeier((w or a, w is not None) for w, a in said).happened_by(3) for said in (bluesky, mastodon)]
    assert ledger.measure("R1").value == pytest.approx((4 * apart[0] + 3 * apart[1]) / 7)


def test_what_still_waits_is_censored_and_not_a_failure(ledger):
    for number in range(20):
        ledger.answered(ledger.said(100 + number, 10 * DAY), HOUR)
        ledger.said(200 + number, timedelta(minutes=30))

    assert ledger.measure("R2").value == pytest.approx(1.0)
    assert len(rows_of(ledger.measure("R2"), "miss")) == 20


def test_an_automatic_answer_is_none(ledger):
    item = ledger.said(100, 20 * DAY)
    ledger.answered(item, timedelta(seconds=1), auto=True)

    assert ledger.measure("R2").hits == 0


def test_the_first_human_answer_sets_the_clock(ledger):
    item = ledger.said(100, 20 * DAY)
    ledger.answered(item, 30 * HOUR)
    ledger.answered(item, 2 * HOUR)

    assert [row.seconds for row in ledger.measure("R1").rows] == [7200]


def test_words_taken_back_by_their_author_stay_unanswered(ledger):
    before, after = ledger.said(100, 20 * DAY), ledger.said(101, 20 * DAY)
    for item in (before, after):
        ledger.about("message.deleted", item, 2 * HOUR)
    ledger.answered(before, HOUR)
    ledger.answered(after, 3 * HOUR)

    found = ledger.measure("R2")

    assert (rows_of(found, "hit"), rows_of(found, "miss")) == ([before.message_id], [after.message_id])


def test_what_lies_in_the_trash_is_unanswered(ledger):
    item = ledger.said(100, 20 * DAY)
    ledger.about("conversation.trashed", item, HOUR)

    assert rows_of(ledger.measure("R2"), "miss") == [item.message_id]


def test_spam_is_left_out_with_who_said_so_and_comes_back_when_it_is_restored(ledger):
    spam, restored = ledger.said(100, 20 * DAY), ledger.said(101, 20 * DAY)
    for item in (spam, restored):
        ledger.about("conversation.spammed", item, HOUR)
    ledger.about("conversation.restored", restored, 2 * HOUR)

    found = ledger.measure("R1")

    assert [(row.message_id, row.reason, row.by_id) for row in found.rows if row.counted == "out"] == [
        (spam.message_id, "spam", ANNA)
    ]
    assert rows_of(found, "miss") == [restored.message_id]


def test_what_comes_into_a_conversation_that_was_spam_before_the_window_is_left_out_too(ledger):
    old, new = ledger.said(100, 100 * DAY, place=5), ledger.said(100, 20 * DAY, place=5)
    ledger.about("conversation.spammed", old, HOUR)

    assert rows_of(ledger.measure("R1"), "out") == [new.message_id]


def test_a_judgement_leaves_out_with_who_said_so_and_the_last_one_counts(ledger):
    thanks, question = ledger.said(100, 20 * DAY), ledger.said(101, 20 * DAY)
    for item in (thanks, question):
        ledger.about("message.judged", item, HOUR, needs_answer=False, reason="thanks")
    ledger.about("message.judged", question, 2 * HOUR, needs_answer=True)

    found = ledger.measure("R1")

    assert [(row.message_id, row.reason, row.by_id) for row in found.rows if row.counted == "out"] == [
        (thanks.message_id, "judged", ANNA)
    ]
    assert found.n == 1


def test_a_remark_to_others_counts_once_a_colleague_says_that_it_needs_an_answer(ledger):
    ledger.said(100, 20 * DAY, addressed=False)
    asked = ledger.said(101, 20 * DAY, addressed=False)
    ledger.about("message.judged", asked, HOUR, needs_answer=True)

    assert rows_of(ledger.measure("R2"), "miss") == [asked.message_id]


def test_colleagues_do_not_pose_as_customers(ledger):
    ledger.joined(ANNA)
    item = ledger.said(ANNA, 20 * DAY)
    ledger.answered(item, HOUR)

    found = ledger.measure("R1")

    assert (found.n, rows_of(found, "out")) == (0, [item.message_id])


def test_only_the_window_counts_and_nothing_that_came_after_it(ledger):
    ledger.said(100, 92 * DAY)
    late = ledger.said(101, 20 * DAY)
    ledger.answered(late, 21 * DAY)  # after the moment we look at

    found = ledger.measure("R2")

    assert (found.n, found.hits) == (1, 0)


def test_many_messages_of_one_person_count_for_less(ledger):
    for person in range(10):
        for _ in range(6):
            item = ledger.said(100 + person, 20 * DAY)
            if person < 5:
                ledger.answered(item, HOUR)

    found = ledger.measure("R1")

    assert (found.n, found.n_effective, found.is_enough) == (60, pytest.approx(10), False)


def test_a_small_sample_is_no_finding(ledger):
    forty(ledger, hours=2)

    assert not ledger.measure("R1").is_enough  # three quarters of forty: eleven points to each side


def test_a_large_sample_is(ledger):
    for number in range(120):
        ledger.answered(ledger.said(100 + number, 20 * DAY), HOUR)

    assert ledger.measure("R1").is_enough
    assert ledger.measure("R1").interval.low > 0.95
