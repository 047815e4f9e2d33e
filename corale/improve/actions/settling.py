"""What became of a message that went out: told, failed, or to be said again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from corale.channels.models import Delivery
from corale.conversations.models import Message
from corale.improve.errors import NotPermitted
from corale.improve.events import ReportFailed, ReportTold
from corale.improve.models import ReportBack
from corale.improve.policies import may_gather
from corale.improve.reach import obstacle_to
from corale.ledger import record
from corale.live import publish
from corale.people.models import Person

State = ReportBack.State
ENDED = (Delivery.State.SENT, Delivery.State.FAILED, Delivery.State.UNKNOWN, Delivery.State.CANCELLED)


@transaction.atomic
def settle(delivery: Delivery) -> None:
    """The report-back follows its delivery. Twice is once; a delivery that belongs to none changes nothing."""
    report = ReportBack.objects.select_for_update().filter(delivery=delivery).first()
    if report is None or report.state not in (State.SENDING, State.FAILED):
        return
    if delivery.state == Delivery.State.SENT:
        _told(report, delivery)
    elif delivery.state in ENDED and report.state == State.SENDING:
        _failed(report, delivery)
    publish(f"decision:{report.decision_id}", {"change": "report"})


@task()
def settle_all() -> None:
    """Finds report-backs whose delivery ended while nobody listened: a crash between the two loses nothing."""
    waiting = ReportBack.objects.filter(state=State.SENDING, delivery__state__in=ENDED).select_related("delivery")
    for report in waiting[:500]:
        if report.delivery:
            settle(report.delivery)


def again(report: ReportBack, *, by: Person) -> bool:
    """Back to review: what surely did not arrive, or could not be said then and can be now. False when it cannot."""
    with _looking(report, by) as locked:
        if locked.state == State.FAILED and locked.reason != "unknown":
            return _withdraw(locked, Delivery.State.FAILED)
        if locked.state in (State.UNREACHABLE, State.SKIPPED) and not obstacle_to(locked.asked_in):
            return _to_review(locked)
    return False


def saw_it(report: ReportBack, *, arrived: bool, by: Person) -> bool:
    """A colleague looked there: it stands (told), or it does not (it may be said again)."""
    with _looking(report, by) as locked:
        if locked.state != State.FAILED or locked.reason != "unknown" or locked.delivery is None:
            return False
        if not arrived:
            return _withdraw(locked, Delivery.State.UNKNOWN)
        _told(locked, locked.delivery)
    return True


@contextmanager
def _looking(report: ReportBack, by: Person) -> Iterator[ReportBack]:
    if not may_gather(by):
        raise NotPermitted
    with transaction.atomic():
        yield ReportBack.objects.select_for_update().get(pk=report.pk)


def _withdraw(report: ReportBack, state: Delivery.State) -> bool:
    """The old delivery is cancelled, unless somebody is trying it again right now: one of the two goes, not both."""
    if not Delivery.objects.filter(pk=report.delivery_id or 0, state=state).update(state=Delivery.State.CANCELLED):
        return False
    Message.objects.filter(pk=report.message_id or 0).update(state=Message.State.DELETED)
    report.attempt += 1
    return _to_review(report)


def _to_review(report: ReportBack) -> bool:
    report.state, report.reason, report.delivery, report.message = State.TO_REVIEW, "", None, None
    report.save(update_fields=["attempt", "state", "reason", "delivery", "message"])
    return True


def _told(report: ReportBack, delivery: Delivery) -> None:
    report.state, report.told_at, report.reason = State.TOLD, delivery.sent_at or timezone.now(), ""
    report.save(update_fields=["state", "told_at", "reason"])
    record(ReportTold(at=report.told_at, by_id=report.reviewed_by_id, delivery=delivery.pk, **report.ids))


def _failed(report: ReportBack, delivery: Delivery) -> None:
    unknown = delivery.state == Delivery.State.UNKNOWN
    report.state = State.FAILED
    report.reason = "unknown" if unknown else (delivery.advice or delivery.problem or delivery.state)[:400]
    report.save(update_fields=["state", "reason"])
    record(ReportFailed(reason="unknown" if unknown else "refused", **report.ids))
