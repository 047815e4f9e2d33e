"""Response: whoever speaks to us is answered, by a human, in time, or at all."""

from __future__ import annotations

from collections import defaultdict

from corale.indicator.history import History, Item
from corale.indicator.measured import Measured, Row
from corale.indicator.promises import OTHERWISE_HOURS, PROMISE_HOURS
from corale.lib.clusters import Clusters
from corale.lib.kaplan_meier import KaplanMeier, interval_of

WEEK = 7 * 86_400.0


def in_time(history: History) -> Measured:
    """R1: the probability that what needs an answer gets one, by a human, within the time promised for its channel; by
    the wall clock. Kaplan and Meier's estimate for each channel, weighted by how much was said there; what has no
    answer yet counts as still waiting (censored). Left out: spam, what was withdrawn, what a colleague judged to need
    none, what colleagues said themselves. Words taken back by their author before an answer stay unanswered."""
    items, out = eligible(history)
    channels: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        channels[history.kinds.get(item.connection or 0, "")].append(item)
    value = variance = 0.0
    for some in channels.values():
        hours = promise(history, some[0])
        curve = KaplanMeier(observations(some, history.as_of))
        share = len(some) / len(items)
        value += share * curve.happened_by(hours * 3600)
        variance += share**2 * curve.variance_at(hours * 3600)
    rows = [row_of(item, promise(history, item) * 3600, history.as_of) for item in items]
    return _measured("R1", value, variance, items, rows, out, history)


def at_all(history: History) -> Measured:
    """R2: the probability that what needs an answer has one after seven days, by the wall clock, by a human. Kaplan and
    Meier's estimate over all channels; what has no answer yet counts as still waiting. Left out as for R1."""
    items, out = eligible(history)
    curve = KaplanMeier(observations(items, history.as_of))
    rows = [row_of(item, WEEK, history.as_of) for item in items]
    measured = _measured("R2", curve.happened_by(WEEK), curve.variance_at(WEEK), items, rows, out, history)
    measured.extra["curve"] = curve_of(curve, measured.n_effective)
    return measured


def eligible(history: History) -> tuple[list[Item], list[Row]]:
    """What needs an answer; and what was left out, with the reason and who said so."""
    items, out = [], []
    for item in history.items:
        place = (item.at, item.conversation, item.message, item.person)
        if item.excluded:
            out.append(Row("out", *place, reason=item.excluded, by_id=item.excluded_by))
        elif not item.needs_answer:
            out.append(Row("out", *place, reason="judged", by_id=item.judged_by))
        else:
            items.append(item)
    return items, out


def promise(history: History, item: Item) -> float:
    """Hours promised where it was said."""
    return PROMISE_HOURS.get(history.kinds.get(item.connection or 0, ""), OTHERWISE_HOURS)


def observations(items: list[Item], as_of: float) -> list[tuple[float, bool]]:
    """Waiting times; False for those who still wait."""
    return [
        (item.answered_at - item.at, True) if item.answered_at is not None else (as_of - item.at, False)
        for item in items
    ]


def row_of(item: Item, within: float, as_of: float) -> Row:
    """Answered within the time, or not (yet)."""
    place = (item.at, item.conversation, item.message, item.person)
    seconds = (item.answered_at if item.answered_at is not None else as_of) - item.at
    if item.answered_at is not None and seconds <= within:
        return Row("hit", *place, reason="answered", seconds=seconds)
    if item.answered_at is not None:
        return Row("miss", *place, reason="late", seconds=seconds)
    return Row("miss", *place, reason="unanswered" if seconds > within else "waiting", seconds=seconds)


def _measured(
    key: str, value: float, variance: float, items: list[Item], rows: list[Row], out: list[Row], history: History
) -> Measured:
    clusters = Clusters((item.person, row.counted == "hit") for item, row in zip(items, rows, strict=True))
    effective = clusters.effective_n()
    widening = len(items) / effective if effective else 1.0
    interval = interval_of(value, variance * widening, n=effective)
    hits = sum(row.counted == "hit" for row in rows)
    return Measured(key, value if items else None, interval, hits, len(items), effective, rows + out)


def curve_of(curve: KaplanMeier, effective: float) -> list[list[float]]:
    """The curve for a plot: seconds, share answered, low, high; at most two hundred steps."""
    steps = [step for step in curve.steps if step.time <= WEEK]
    stride = max(1, len(steps) // 200)
    shown = steps[::stride] + steps[-1:] if steps else []
    points = []
    for step in dict.fromkeys(shown):
        low, high = curve.interval_at(step.time, n_effective=effective)
        points.append([round(step.time), round(1 - step.survival, 4), round(low, 4), round(high, 4)])
    return points
