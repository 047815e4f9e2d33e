"""Listening: what is said to us is looked at."""

from __future__ import annotations

from datetime import time

from corale.indicator.history import History, Item
from corale.indicator.measured import Measured, Row
from corale.indicator.promises import CLOSES, DAYS, OPENS, WORKING_DAYS, ZONE
from corale.lib.clusters import Clusters
from corale.lib.opening_hours import OpeningHours
from corale.lib.wilson import wilson

HOURS = OpeningHours(ZONE, DAYS, time(OPENS), time(CLOSES))


def attention(history: History) -> Measured:
    """L2: of what was said to us, the share that a human read for five seconds and acted on (answered, labelled, passed
    on, noted, or closed) within two working days. An act on more than twenty at once does not count. Left out: spam,
    what was withdrawn, what colleagues said, and everything younger than two working days, attended to or not: else
    what is done at once would count before what is not."""
    clock = HOURS.clock(history.start - 86_400, history.as_of + 86_400)
    allowed = WORKING_DAYS * HOURS.day_length
    rows, clusters = [], Clusters()
    for item in history.addressed():
        row = _row(item, clock.after(item.at, allowed), history.as_of)
        rows.append(row)
        if row.counted != "out":
            clusters.add(item.person, row.counted == "hit")
    n, hits, effective = clusters.n, clusters.successes, clusters.effective_n()
    value = hits / n if n else None
    return Measured("L2", value, wilson((value or 0) * effective, effective), hits, n, effective, rows)


def _row(item: Item, deadline: float, as_of: float) -> Row:
    attended = item.attended_at
    seconds = (attended if attended is not None else as_of) - item.at
    place = (item.at, item.conversation, item.message, item.person)
    if item.excluded:
        return Row("out", *place, reason=item.excluded, by_id=item.excluded_by)
    if deadline > as_of:
        return Row("out", *place, reason="young", seconds=seconds)
    if attended is not None and attended <= deadline:
        return Row("hit", *place, seconds=seconds)
    return Row("miss", *place, seconds=seconds)
