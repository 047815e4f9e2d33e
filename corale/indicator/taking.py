"""Taking a snapshot: reads the ledger once, computes every measure, keeps the figures and the rows behind them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from corale.channels.models import Connection
from corale.indicator.history import History, read
from corale.indicator.measured import Measured, Row
from corale.indicator.measures import DIMENSIONS, MEASURES
from corale.indicator.models import Counting, Snapshot
from corale.indicator.promises import DEFINITIONS
from corale.ledger.models import Fact
from corale.lib.composite import drawn, geometric_mean, percentiles
from corale.lib.wilson import Interval
from corale.live import publish
from corale.store import rows

WINDOWS = (28, 91, 365)
USUAL = 91
_DRAWS = 2000
_AT_ONCE = 5_000  # rows in one transaction: others write in between
_REST = 20  # after a computation, at least so many times as long without one
_STATES = {"hit": 0, "miss": 1, "out": 2}
_COLUMNS = (
    "snapshot_id", "measure", "state", "at", "conversation_id", "message_id", "person_id", "ref", "by_id", "reason",
    "seconds",
)  # fmt: skip


@task()
def take_usual() -> None:
    """Every few minutes: the usual window, where facts were recorded since the last time or a day went by."""
    for demo in (False, True):
        last = Fact.objects.filter(demo=demo).order_by("-id").values_list("id", flat=True).first()
        if last is not None and _is_due(Snapshot.objects.newest(demo=demo, days=USUAL), last):
            take(demo=demo, days=USUAL)


def _is_due(newest: Snapshot | None, last_fact: int) -> bool:
    """Whether there is something new, and the last computation is long enough ago for what it cost."""
    if newest is None:
        return True
    age = timezone.now() - newest.as_of
    rested = age > timedelta(milliseconds=_REST * newest.took_ms)
    return age > timedelta(days=1) or (newest.last_fact < last_fact and rested)


@task()
def take_later(demo: bool, days: int) -> None:
    """On demand, for a window somebody asked for."""
    take(demo=demo, days=days)


def take(*, demo: bool, days: int, as_of: datetime | None = None) -> Snapshot:
    """Computes the figures of the `days` before `as_of` (now) and keeps them. It is shown once all its rows are there;
    they are written a few thousand at a time, so that nobody waits for them."""
    as_of, began = as_of or timezone.now(), time.monotonic()
    last = Fact.objects.filter(demo=demo).order_by("-id").values_list("id", flat=True).first() or 0
    kinds = dict(Connection.objects.values_list("id", "kind"))
    history = read(as_of - timedelta(days=days), as_of, demo=demo, kinds=kinds, last_fact=last)
    snapshot = Snapshot.objects.create(demo=demo, days=days, as_of=as_of, definitions=DEFINITIONS, last_fact=last)
    measured: dict[str, Measured] = {}
    _write(_rows(snapshot.pk, history, measured))
    snapshot.figures = figures(measured)
    with transaction.atomic():
        snapshot.took_ms = max(1, round(1000 * (time.monotonic() - began)))
        snapshot.save(update_fields=["figures", "took_ms"])
        publish("indicator", {"days": str(days)})
    _forget_before(snapshot)
    return snapshot


def _rows(snapshot: int, history: History, measured: dict[str, Measured]) -> Iterator[tuple[Any, ...]]:
    """The rows of one measure after the other; only one measure's are in memory."""
    for key, measure in MEASURES.items():
        found = measured[key] = measure(history)
        for row in found.rows:
            yield _row(snapshot, key, row)
        found.release()


def _write(some: Iterable[tuple[Any, ...]]) -> None:
    waiting = iter(some)
    while batch := list(islice(waiting, _AT_ONCE)):
        with transaction.atomic():
            rows.insert(Counting, _COLUMNS, batch)


def _forget_before(snapshot: Snapshot) -> None:
    """The rows of older snapshots of this window; and their figures, but for the last of each earlier day."""
    older = Snapshot.objects.filter(demo=snapshot.demo, days=snapshot.days, pk__lt=snapshot.pk)
    while ids := list(Counting.objects.filter(snapshot__in=older).values_list("id", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            rows.delete_in(Counting, ids)
    midnight = snapshot.as_of.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    older.filter(as_of__gte=midnight, as_of__lte=snapshot.as_of).delete()


def _row(snapshot: int, key: str, row: Row) -> tuple[Any, ...]:
    at = rows.moment(datetime.fromtimestamp(row.at, UTC))
    return (
        snapshot, key, _STATES[row.counted], at, row.conversation_id, row.message_id, row.person_id, row.ref,
        row.by_id, row.reason[:40], row.seconds,
    )  # fmt: skip


def figures(measured: dict[str, Measured]) -> dict[str, Any]:
    """Measures, dimensions and Φ as JSON."""
    dimensions = {key: _dimension(key, measured) for key in DIMENSIONS}
    return {
        "measures": {key: found.as_json() for key, found in measured.items()},
        "dimensions": dimensions,
        "phi": _phi(dimensions, measured),
    }


def _dimension(key: str, measured: dict[str, Measured]) -> dict[str, Any]:
    """The geometric mean of the parts that have enough data; the others are named."""
    parts, missing = DIMENSIONS[key]
    enough = [part for part in parts if measured[part].is_enough]
    values = [value for part in enough if (value := measured[part].value) is not None]
    return {
        "value": geometric_mean(values) if values else None,
        "parts": enough,
        "not_enough": [part for part in parts if part not in enough],
        "not_measured": list(missing),
    }


def _phi(dimensions: dict[str, dict[str, Any]], measured: dict[str, Measured]) -> dict[str, Any]:
    """Φ = 100·(L·R·P·I)^¼, only when every dimension has a part with enough data. The interval comes from two thousand
    draws of the measures (Beta, by what each rests on), with a fixed seed: the same facts give the same interval."""
    if any(dimension["value"] is None for dimension in dimensions.values()):
        return {"value": None}
    chance = Random(DEFINITIONS)  # noqa: S311
    draws = [_draw(dimensions, measured, chance) for _ in range(_DRAWS)]
    interval: Interval = percentiles(draws)
    value = 100 * geometric_mean([dimension["value"] for dimension in dimensions.values()])
    return {"value": value, "low": interval.low, "high": interval.high}


def _draw(dimensions: dict[str, dict[str, Any]], measured: dict[str, Measured], chance: Random) -> float:
    means = []
    for dimension in dimensions.values():
        found = [measured[part] for part in dimension["parts"]]
        means.append(geometric_mean([drawn(part.value or 0.0, part.n_effective, chance) for part in found]))
    return 100 * geometric_mean(means)
