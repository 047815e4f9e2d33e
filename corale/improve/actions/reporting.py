"""Telling each person who asked, one by one, where they asked; never twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from corale.conversations.actions.answering import answer
from corale.conversations.signing import signature, signed
from corale.improve.errors import AlreadyDone, Incomplete, NotPermitted, TooLong
from corale.improve.events import ReportReviewed, ReportSkipped, ReportUnreachable
from corale.improve.models import ReportBack
from corale.improve.policies import may_gather
from corale.improve.reach import obstacle_to
from corale.ledger import record
from corale.people.models import Person

State = ReportBack.State
_SPACE = uuid.UUID("0d2a6f4e-8a53-5f0e-9f4e-6f0a3a9c7d11")


def key_of(report: ReportBack) -> uuid.UUID:
    """The same for the same person and decision: saying it again is recognised. It changes after a sure failure."""
    again = f":{report.attempt}" if report.attempt else ""
    return uuid.uuid5(_SPACE, f"{report.decision_id}:{report.person_id}{again}")


def edit(report: ReportBack, text: str, *, by: Person) -> None:
    """Other words for this person, as long as they have not gone."""
    with _reviewing(report, by) as locked:
        locked.text = _words(text)
        locked.save(update_fields=["text"])
    report.text = locked.text


def approve(report: ReportBack, *, by: Person, text: str | None = None) -> ReportBack:
    """Lets it go: state, answer and delivery in one transaction. AlreadyDone when a colleague was faster."""
    with _reviewing(report, by) as locked:
        if text is not None:
            locked.text = _words(text)
        if obstacle := obstacle_to(locked.asked_in):
            return _unreachable(locked, obstacle)
        assert locked.conversation is not None
        text = signed(locked.text, signature(locked.conversation.connection, by))
        _check_length(locked, text)
        said = answer(
            locked.conversation, [text], by=by, reply_to=locked.asked_in, language=locked.language, hold=0,
            purpose="report", key=key_of(locked),
        )  # fmt: skip
        locked.state, locked.reviewed_by, locked.reviewed_at = State.SENDING, by, timezone.now()
        locked.message, locked.delivery, locked.reason = said[-1], said[-1].delivery, ""
        locked.save()
        record(ReportReviewed(by_id=by.pk, **locked.ids))
    return locked


def skip(report: ReportBack, *, reason: str, by: Person) -> None:
    """This person is not told; the reason stays in the list."""
    if not reason.strip():
        raise Incomplete("reason", "say why")
    with _reviewing(report, by) as locked:
        locked.state, locked.reason = State.SKIPPED, reason.strip()[:400]
        locked.reviewed_by, locked.reviewed_at = by, timezone.now()
        locked.save(update_fields=["state", "reason", "reviewed_by", "reviewed_at"])
        record(ReportSkipped(by_id=by.pk, reason="member", **locked.ids))


@contextmanager
def _reviewing(report: ReportBack, by: Person) -> Iterator[ReportBack]:
    """The report-back, locked, for somebody who may review it and is the first to do so."""
    if not may_gather(by):
        raise NotPermitted
    with transaction.atomic():
        locked = ReportBack.objects.select_for_update().get(pk=report.pk)
        if locked.state != State.TO_REVIEW:
            raise AlreadyDone
        yield locked


def _unreachable(report: ReportBack, obstacle: str) -> ReportBack:
    report.state, report.reason = State.UNREACHABLE, obstacle
    report.save(update_fields=["state", "reason", "text"])
    record(ReportUnreachable(reason=obstacle, **report.ids))
    return report


def _words(text: str) -> str:
    if not text.strip():
        raise Incomplete("text", "say something")
    return text.strip()


def _check_length(report: ReportBack, text: str) -> None:
    assert report.asked_in is not None
    adapter = report.asked_in.connection.adapter
    if adapter.limits.length and adapter.measure(text) > adapter.limits.length:
        raise TooLong(adapter.limits.length)
