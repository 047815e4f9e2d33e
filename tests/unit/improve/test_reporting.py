"""Each person is told once: whoever reviews, however often, wherever we fall over."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from corale.adapters.demo.adapter import DemoAdapter
from corale.channels.actions.deliver import deliver, sweep
from corale.channels.contract import Can, Sent
from corale.channels.errors import Refused
from corale.channels.models import Delivery, Envelope
from corale.conversations.models import Message
from corale.improve.actions import reporting, settling
from corale.improve.actions.reporting import approve, edit, skip
from corale.improve.actions.settling import again, saw_it, settle_all
from corale.improve.errors import AlreadyDone, Incomplete, TooLong
from corale.improve.models import Decision, ReportBack
from corale.ledger.models import Fact


class Crash(Exception):
    """The power went out."""


def crash(*_args: Any, **_more: Any) -> Any:
    raise Crash


def first(decision: Decision) -> ReportBack:
    return decision.report_backs.select_related("decision").order_by("pk")[0]


def said_there() -> int:
    """What stands on the other side."""
    return sum(each.headers.get("direction") == "out" for each in Envelope.objects.all())


def everything_in_time() -> None:
    """The worker, after a while."""
    Delivery.objects.filter(state="sending").update(lease_until=timezone.now() - timedelta(seconds=1))
    Delivery.objects.exclude(state="sent").update(next_at=timezone.now() - timedelta(minutes=1))
    sweep.func()
    settle_all.func()


def facts(kind: str) -> int:
    return Fact.objects.filter(kind=kind).count()


def test_it_is_told_where_they_asked_under_the_reviewers_name(world: Any, done: Decision) -> None:
    report = approve(first(done), by=world.bruno)
    assert report.state == "sending"
    everything_in_time()

    report.refresh_from_db()
    message = Message.objects.get(delivery=report.delivery)
    assert (report.state, report.reviewed_by) == ("told", world.bruno)
    assert (message.by, message.conversation, message.text) == (world.bruno, report.conversation, report.text)
    assert message.parent_key == report.asked_in.key  # type: ignore[union-attr]
    fact = Fact.objects.get(kind="report.told")
    assert (fact.person_id, fact.at) == (report.person_id, report.told_at)
    assert fact.data == {"decision": done.pk, "report": report.pk, "delivery": report.delivery_id}


def test_whoever_comes_second_is_told_so_and_nothing_goes_twice(world: Any, done: Decision) -> None:
    approve(first(done), by=world.anna)
    with pytest.raises(AlreadyDone):
        approve(first(done), by=world.bruno)
    everything_in_time()
    everything_in_time()

    assert (said_there(), facts("report.reviewed"), facts("report.told")) == (1, 1, 1)


CRASHES = [
    (reporting, "_check_length"),  # before anything is written
    (reporting, "answer"),  # before the message
    (reporting, "record"),  # after the message and the state, before the fact
    (settling, "record"),  # it stands there; before the list knows
    (settling, "publish"),  # the list knows; before the transaction ends
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("module", "name"), CRASHES)
def test_falling_over_between_any_two_steps_tells_once(
    world: Any, done: Decision, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(module, name, crash)
        for attempt in (lambda: approve(first(done), by=world.anna), everything_in_time):
            try:
                attempt()
            except Crash:
                continue
    if first(done).state == "to_review":
        approve(first(done), by=world.anna)
    everything_in_time()
    everything_in_time()

    assert first(done).state == "told"
    assert (said_there(), facts("report.reviewed"), facts("report.told")) == (1, 1, 1)
    assert Message.objects.filter(direction=Message.Direction.OUT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_falling_over_after_it_was_said_looks_before_saying_it_again(
    world: Any, done: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = DemoAdapter.send

    def said_then_crash(self: DemoAdapter, *args: Any) -> Sent:
        real(self, *args)
        raise Crash

    report = approve(first(done), by=world.anna)
    with monkeypatch.context() as broken:
        broken.setattr(DemoAdapter, "send", said_then_crash)
        with pytest.raises(Crash):
            deliver(report.delivery_id or 0)
    everything_in_time()

    assert (first(done).state, said_there(), facts("report.told")) == ("told", 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_the_same_moment_send_one_message(world: Any, done: Decision) -> None:
    report, start, outcomes = first(done), threading.Barrier(2), []

    def reviews(by: Any) -> None:
        try:
            start.wait(10)
            approve(report, by=by)
            outcomes.append("approved")
        except AlreadyDone:
            outcomes.append("too late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=reviews, args=[by]) for by in (world.anna, world.bruno)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    everything_in_time()

    assert sorted(outcomes) == ["approved", "too late"]
    assert (said_there(), facts("report.reviewed"), facts("report.told")) == (1, 1, 1)


def test_words_can_be_changed_for_one_person_before_they_go(world: Any, done: Decision) -> None:
    edit(first(done), "  Giulia, da lunedì anche la sera.  ", by=world.bruno)

    assert approve(first(done), by=world.bruno).text == "Giulia, da lunedì anche la sera."
    with pytest.raises(AlreadyDone):
        edit(first(done), "Troppo tardi", by=world.bruno)


def test_what_the_channel_cannot_carry_does_not_go(world: Any, done: Decision) -> None:
    edit(first(done), "a" * 301, by=world.anna)
    with pytest.raises(TooLong):
        approve(first(done), by=world.anna)

    assert (first(done).state, Delivery.objects.count()) == ("to_review", 0)


def test_not_telling_needs_a_reason(world: Any, done: Decision) -> None:
    with pytest.raises(Incomplete):
        skip(first(done), reason=" ", by=world.anna)
    skip(first(done), reason="Gliel'ho detto a voce.", by=world.anna)

    report = first(done)
    assert (report.state, report.reason, facts("report.skipped")) == ("skipped", "Gliel'ho detto a voce.", 1)


def test_a_message_deleted_since_then_makes_them_unreachable(world: Any, done: Decision) -> None:
    asked = first(done).asked_in
    assert asked is not None
    world.arrives({"type": "gone", "id": asked.native_id, "how": "deleted"})

    assert approve(first(done), by=world.anna).state == "unreachable"
    assert (Delivery.objects.count(), facts("report.unreachable")) == (0, 1)


@pytest.fixture
def refused(world: Any, done: Decision, monkeypatch: pytest.MonkeyPatch) -> ReportBack:
    """The other side said no."""

    def no(*_args: Any) -> Sent:
        raise Refused("no replies", advice="They take no replies.")

    report = approve(first(done), by=world.anna)
    with monkeypatch.context() as broken:
        broken.setattr(DemoAdapter, "send", no)
        deliver(report.delivery_id or 0)
    report.refresh_from_db()
    return report


def test_a_refusal_stands_in_the_list_and_can_be_tried_again(world: Any, done: Decision, refused: ReportBack) -> None:
    assert (refused.state, refused.reason, facts("report.failed")) == ("failed", "They take no replies.", 1)

    assert again(refused, by=world.bruno)
    approve(first(done), by=world.bruno)
    everything_in_time()

    assert (first(done).state, said_there(), facts("report.told")) == ("told", 1, 1)


def test_the_refused_one_and_its_repetition_do_not_both_go(world: Any, done: Decision, refused: ReportBack) -> None:
    from corale.conversations.actions.answering import retry

    old = refused.message
    assert old is not None
    again(refused, by=world.bruno)
    retry(old, by=world.anna)  # somebody presses "try again" in the thread meanwhile
    approve(first(done), by=world.bruno)
    everything_in_time()

    assert (said_there(), facts("report.told")) == (1, 1)


def test_what_is_being_tried_again_in_the_thread_cannot_be_reviewed_again(world: Any, refused: ReportBack) -> None:
    from corale.conversations.actions.answering import retry

    assert refused.message is not None
    retry(refused.message, by=world.anna)
    assert not again(refused, by=world.bruno)
    everything_in_time()

    refused.refresh_from_db()
    assert (refused.state, said_there()) == ("told", 1)


@pytest.mark.parametrize(("arrived", "state", "told"), [(True, "told", 1), (False, "to_review", 0)])
def test_when_nobody_can_know_a_colleague_looks(
    world: Any, done: Decision, arrived: bool, state: str, told: int
) -> None:
    from corale.channels.actions.deliver import end

    report = approve(first(done), by=world.anna)
    assert report.delivery is not None
    end(report.delivery, Delivery.State.UNKNOWN, problem="silence")
    assert (first(done).reason, again(first(done), by=world.anna)) == ("unknown", False)

    saw_it(first(done), arrived=arrived, by=world.bruno)

    assert (first(done).state, facts("report.told")) == (state, told)


def test_the_database_itself_lets_nobody_be_told_twice(world: Any, done: Decision) -> None:
    from django.db import IntegrityError, transaction

    report = first(done)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportBack.objects.create(decision=done, person=report.person, text="Ancora")
    assert connection.is_usable()


def test_on_a_shared_account_they_see_who_tells_them(
    world: Any, done: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DemoAdapter, "can", DemoAdapter.can | Can.SIGN)

    report = approve(first(done), by=world.bruno)

    assert report.message is not None
    assert report.message.text == f"{report.text}\n— {world.bruno.name}"
