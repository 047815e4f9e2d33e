"""Doing things at a time in the past, so that the demo's history is made by the same actions as the real one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moment: ContextVar[dt.datetime | None] = ContextVar("moment", default=None)


class _Clock(dt.datetime):
    """`datetime`, except that `now()` is the moment chosen by `at` in this thread; elsewhere it is now."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        moment = _moment.get()
        return moment.astimezone(tz) if moment else dt.datetime.now(tz)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Inside, `timezone.now()` is `moment`, for this thread alone.

    The name that Django's own clock looks up is replaced, not the clock: fields took `timezone.now` as their default
    long before. While nobody is inside, nothing differs.
    """
    setattr(timezone, "datetime", _Clock)  # noqa: B010  type checkers know it as private
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
