"""The hours in which somebody is there, as a clock that stands still at night and on Sundays."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class OpeningHours:
    """Weekly hours in a time zone. Days are 1 for Monday to 7 for Sunday."""

    zone: str = "Europe/Rome"
    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    opens: time = time(9)
    closes: time = time(18)

    @property
    def day_length(self) -> float:
        """Seconds of one working day."""
        midnight = date.min
        return (datetime.combine(midnight, self.closes) - datetime.combine(midnight, self.opens)).total_seconds()

    def clock(self, first: float, last: float) -> OpeningClock:
        """A clock for moments between two instants (seconds since 1970)."""
        return OpeningClock(self, first, last)


class OpeningClock:
    """Opening time between instants: the length of `[a, b] ∩ opening set`, found in a table made once."""

    def __init__(self, hours: OpeningHours, first: float, last: float) -> None:
        self.hours = hours
        self._first, self._last = first, last

    @cached_property
    def _spans(self) -> list[tuple[float, float]]:
        zone = ZoneInfo(self.hours.zone)
        day = datetime.fromtimestamp(self._first, zone).date() - timedelta(days=1)
        end = datetime.fromtimestamp(self._last, zone).date() + timedelta(days=30)
        spans = []
        while day <= end:
            if day.isoweekday() in self.hours.days:
                opens = datetime.combine(day, self.hours.opens, zone).timestamp()
                spans.append((opens, datetime.combine(day, self.hours.closes, zone).timestamp()))
            day += timedelta(days=1)
        return spans

    @cached_property
    def _starts(self) -> list[float]:
        return [opens for opens, _ in self._spans]

    @cached_property
    def _before(self) -> list[float]:
        """Opening time before each span; one more at the end."""
        total, before = 0.0, [0.0]
        for opens, closes in self._spans:
            total += closes - opens
            before.append(total)
        return before

    def reading(self, instant: float) -> float:
        """What the clock shows: seconds of opening time up to an instant."""
        span = bisect_right(self._starts, instant) - 1
        if span < 0:
            return 0.0
        opens, closes = self._spans[span]
        return self._before[span] + min(instant, closes) - opens

    def after(self, instant: float, seconds: float) -> float:
        """The instant at which so much opening time has passed."""
        wanted = self.reading(instant) + seconds
        span = min(bisect_right(self._before, wanted) - 1, len(self._spans) - 1)
        if span > 0 and self._before[span] == wanted:
            span -= 1  # the end of one day, not the beginning of the next
        return self._spans[span][0] + wanted - self._before[span]
