"""Each measure counts what its definition says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from corale.channels.models import Connection
from corale.indicator.history import read
from corale.indicator.measured import Measured
from corale.indicator.measures import MEASURES
from tests.unit.book.conftest import MONDAY, Write

Ask = Callable[..., None]
pytestmark = pytest.mark.django_db


def measured(key: str, *, days_later: float = 30, demo: bool = False) -> Measured:
    end = MONDAY + timedelta(days=days_later)
    kinds = dict(Connection.objects.values_list("id", "kind"))
    return MEASURES[key](read(end - timedelta(days=91), end, demo=demo, kinds=kinds))


def reasons(found: Measured, counted: str) -> list[str]:
    return sorted(row.reason for row in found.rows if row.counted == counted)


def test_r1_counts_answers_within_three_hours_and_the_unanswered_as_still_waiting(asked: Ask, answered: Ask) -> None:
    for message in (1, 2, 3, 4):
        asked(message)
    answered(1, hours=1)
    answered(2, hours=2.9)
    answered(3, hours=5)

    found = measured("R1")

    assert found.value == pytest.approx(0.5)
    assert (found.hits, found.n) == (2, 4)
    assert reasons(found, "miss") == ["late", "unanswered"]


def test_what_still_waits_within_its_time_is_censored_and_not_a_failure(asked: Ask, answered: Ask) -> None:
    asked(1, hours=0)
    answered(1, hours=1)
    asked(2, hours=30 * 24 - 0.5)  # half an hour before we look

    assert measured("R1").value == pytest.approx(1.0)


def test_an_automatic_answer_is_no_answer(asked: Ask, answered: Ask) -> None:
    asked(1)
    answered(1, hours=0.1, auto=True)

    assert measured("R2").hits == 0


def test_spam_and_what_needs_no_answer_are_left_out_with_who_said_so(write: Write, asked: Ask) -> None:
    for message in (1, 2, 3):
        asked(message)
    write("conversation.spammed", hours=1, conversation_id=1, by_id=8)
    write("message.judged", hours=1, message_id=2, by_id=9, needs_answer=False)

    found = measured("R2")

    assert found.n == 1
    assert {(row.reason, row.by_id) for row in found.rows if row.counted == "out"} == {("spam", 8), ("judged", 9)}


def test_what_was_restored_from_spam_counts_again(write: Write, asked: Ask) -> None:
    asked(1)
    write("conversation.spammed", hours=1, conversation_id=1, by_id=8)
    write("conversation.restored", hours=2, conversation_id=1, by_id=8)

    assert measured("R2").n == 1


def test_what_was_deleted_or_thrown_away_stays_unanswered(write: Write, asked: Ask) -> None:
    asked(1)
    asked(2)
    write("message.deleted", hours=1, message_id=1)
    write("conversation.trashed", hours=1, conversation_id=2, by_id=8)

    assert (measured("R2").n, measured("R2").hits) == (2, 0)


def test_an_import_that_was_undone_counts_nowhere(write: Write, asked: Ask) -> None:
    asked(1)
    write("message.withdrawn", hours=1, message_id=1)

    assert measured("R2").n == measured("P1").n == 0


def test_l2_wants_it_read_and_acted_on_within_two_working_days(write: Write, asked: Ask) -> None:
    for conversation in (1, 2, 3, 4):
        asked(conversation)
        write("conversation.read", hours=1, conversation_id=conversation, by_id=5, seconds=9)
    write("conversation.labelled", hours=2, conversation_id=1, by_id=5)
    write("conversation.closed", hours=7 * 24, conversation_id=2, by_id=5)
    write("conversation.closed", hours=2, conversation_id=3, by_id=5, bulk=21)

    found = measured("L2")

    assert (found.hits, found.n) == (1, 4)


def test_a_working_day_stands_still_at_the_weekend(write: Write, asked: Ask) -> None:
    friday = 4 * 24 + 6
    asked(1, hours=friday)
    write("conversation.read", hours=friday + 72, conversation_id=1, by_id=5)
    write("conversation.assigned", hours=friday + 72, conversation_id=1, by_id=5)

    assert measured("L2").hits == 1


def test_what_is_younger_than_two_working_days_is_left_out_until_it_is_decided(asked: Ask) -> None:
    asked(1, hours=30 * 24 - 1)

    found = measured("L2")

    assert (found.n, reasons(found, "out")) == (0, ["young"])


def test_p1_counts_people_once_however_often_they_spoke(write: Write, asked: Ask) -> None:
    for message in range(1, 11):
        asked(message, person=1)
    for message in range(11, 30):
        asked(message)
    write("feedback.gathered", hours=1, message_id=3, person_id=1, theme=1, by_id=5)

    found = measured("P1")

    assert (found.hits, found.n) == (1, 20)
    assert found.value == pytest.approx(0.5)


def test_p4_says_nothing_about_fewer_than_five_colleagues(write: Write, asked: Ask, answered: Ask) -> None:
    for colleague in range(1, 5):
        write("employee.joined", hours=-1, by_id=colleague)
    asked(1)
    answered(1, hours=1)

    found = measured("P4")

    assert (found.withheld, found.value, found.rows) == ("team", None, [])


def test_p4_counts_equal_shares_as_all_and_one_for_all_as_one(write: Write, asked: Ask, answered: Ask) -> None:
    for colleague in range(1, 6):
        write("employee.joined", hours=-1, by_id=colleague)
    for message in range(1, 11):
        asked(message)
        answered(message, hours=1, by=message % 5 + 1)
    assert measured("P4").value == pytest.approx(1.0)

    for message in range(11, 400):
        asked(message)
        answered(message, hours=1, by=1)
    assert 0.2 < (measured("P4").value or 0) < 0.3


def test_i1_waits_from_the_fifth_voice_and_leaves_small_themes_out(write: Write) -> None:
    for person in range(1, 6):
        write("feedback.gathered", hours=person, message_id=person, person_id=person, theme=1, by_id=5)
        write("feedback.gathered", hours=person, message_id=50 + person, person_id=person, theme=2, by_id=5)
    for message in range(100, 110):
        write("feedback.gathered", hours=1, message_id=message, person_id=1, theme=3, by_id=5)
    write("decision.recorded", hours=24, theme=1, decision=1, by_id=5, evidence=[])

    found = measured("I1")

    assert (found.hits, found.n, reasons(found, "out")) == (1, 2, ["few voices"])
    assert found.value == pytest.approx(0.5)
    assert not found.is_enough


def test_i3_counts_who_was_told_in_time_and_names_why_the_others_were_not(write: Write) -> None:
    write("outcome.recorded", hours=0, decision=1, by_id=5)
    for person in range(1, 6):
        write("report.asked", hours=0, decision=1, person_id=person)
    write("report.told", hours=48, decision=1, person_id=1)
    write("report.told", hours=24 * 20, decision=1, person_id=2)
    write("report.failed", hours=3, decision=1, person_id=3)
    write("report.unreachable", hours=0, decision=1, person_id=4)

    found = measured("I3")

    assert (found.hits, found.n) == (1, 5)
    assert reasons(found, "miss") == ["failed", "late", "not told", "unreachable"]


def test_within_the_fourteen_days_nobody_counts_as_not_told(write: Write) -> None:
    write("outcome.recorded", hours=24 * 29, decision=1, by_id=5)
    write("report.asked", hours=24 * 29, decision=1, person_id=1)

    found = measured("I3")

    assert (found.n, reasons(found, "out")) == (0, ["still in time"])


def test_the_demo_is_counted_apart(write: Write) -> None:
    write("message.received", message_id=1, person_id=1, conversation_id=1, addressed=True, demo=True)

    assert measured("R2").n == 0
    assert measured("R2", demo=True).n == 1


def test_thirty_messages_of_one_person_are_not_thirty_cases(asked: Ask, answered: Ask) -> None:
    for message in range(1, 41):
        asked(message, person=1)
        answered(message, hours=1, person=1)

    found = measured("R1")

    assert found.n == 40
    assert found.n_effective == pytest.approx(1.0)
    assert not found.is_enough
