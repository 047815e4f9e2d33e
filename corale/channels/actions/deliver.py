"""Saying it there: once, however often we fall over."""

from __future__ import annotations

import logging
import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from corale.channels.actions.connections import lost
from corale.channels.contract import Sent
from corale.channels.errors import ChannelError, Disconnected, OnItsWay, Refused, Unreachable
from corale.channels.models import Connection, Delivery
from corale.channels.outgoing import outgoing_of
from corale.channels.signals import delivery_ended
from corale.jobs.enqueue import later

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=90)  # longer than any single call to a channel may take
ATTEMPTS = 12  # with the backoff below: about two days
WAITING, SENDING, State = Delivery.State.WAITING, Delivery.State.SENDING, Delivery.State


def deliver_later(delivery: Delivery) -> None:
    """Queues it for its time, in the caller's transaction. The row is the truth; the job only wakes a worker."""
    group = f"connection:{delivery.connection_id}"
    later(_deliver, delivery.pk, run_after=delivery.next_at, group=group, limit=2, priority=10)


@task()
def _deliver(delivery_id: int) -> None:
    deliver(delivery_id)


@task()
def sweep() -> None:
    """Finds what was forgotten: a sender that died, a job that was lost."""
    overdue = Delivery.objects.due().filter(
        next_at__lt=timezone.now() - timedelta(seconds=5), connection__state=Connection.State.ACTIVE
    )
    for delivery_id in overdue.order_by("next_at").values_list("pk", flat=True)[:200]:
        deliver(delivery_id)


def deliver(delivery_id: int) -> None:
    """Sends one delivery if its time has come. After an attempt whose end nobody saw, looks before it says it again."""
    claimed = _claim(delivery_id)
    if claimed is None:
        return
    delivery, seen_before = claimed
    adapter, outgoing = delivery.connection.adapter, outgoing_of(delivery)
    try:
        sent = adapter.look(delivery.connection, outgoing) if seen_before else None
        sent = sent or adapter.send(delivery.connection, outgoing)
    except Refused as error:
        end(delivery, State.FAILED, problem=str(error), advice=error.advice)
    except Disconnected as error:
        lost(delivery.connection, error)
        _again(delivery, error, 300.0)
    except Unreachable as error:
        _again(delivery, error, error.retry_after)
    except ChannelError as error:  # malformed: it may stand there; the next attempt looks first
        _again(delivery, error, error.retry_after)
    else:
        end(delivery, State.SENT, sent=sent)


@transaction.atomic
def _claim(delivery_id: int) -> tuple[Delivery, bool] | None:
    now = timezone.now()
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("connection", "previous")
        .filter(pk=delivery_id)
        .first()
    )
    if delivery is None or delivery.connection.state in (Connection.State.PAUSED, Connection.State.DISCONNECTED):
        return None
    orphan = delivery.state == SENDING and delivery.lease_until is not None and delivery.lease_until < now
    due = delivery.state in (State.HELD, WAITING) and delivery.next_at <= now
    if not (orphan or due) or (delivery.previous is not None and delivery.previous.state != State.SENT):
        return None
    seen_before = delivery.attempts > 0
    delivery.state, delivery.lease_until = SENDING, now + LEASE
    delivery.attempts += 1
    delivery.save(update_fields=["state", "lease_until", "attempts"])
    return delivery, seen_before


def _again(delivery: Delivery, error: ChannelError, wait: float | None) -> None:
    """Later, with growing pauses and some chance in them; after two days it has failed."""
    if delivery.attempts >= ATTEMPTS and not isinstance(error, OnItsWay):
        end(delivery, State.FAILED, problem=str(error), advice=error.advice)
        return
    pause = wait or min(5 * 2.0**delivery.attempts, 6 * 3600.0)
    delivery.state, delivery.lease_until = WAITING, None
    delivery.next_at = timezone.now() + timedelta(seconds=pause * random.uniform(1.0, 1.3))  # noqa: S311
    delivery.problem, delivery.advice = str(error)[:1000], error.advice[:1000]
    with transaction.atomic():
        delivery.save(update_fields=["state", "lease_until", "next_at", "problem", "advice"])
        deliver_later(delivery)


@transaction.atomic
def end(delivery: Delivery, state: str, *, sent: Sent | None = None, problem: str = "", advice: str = "") -> None:
    """Its end, whoever has to know, and the part that comes after it: in one transaction."""
    delivery.state, delivery.lease_until = state, None
    delivery.problem, delivery.advice = problem[:1000], advice[:1000]
    if sent is not None:
        delivery.native_id, delivery.native_version = sent.native_id, sent.version
        delivery.url, delivery.sent_at = sent.url[:1000], _sent_at(sent)
    delivery.save()
    delivery_ended.send(Delivery, delivery=delivery)
    for part in delivery.next_parts.filter(state__in=[State.HELD, WAITING]):
        if state == State.SENT:
            part.next_at = timezone.now()
            part.save(update_fields=["next_at"])
            deliver_later(part)
        else:
            end(part, state, problem="The part before it was not sent.")


def _sent_at(sent: Sent) -> datetime:
    return min(sent.at, timezone.now())
