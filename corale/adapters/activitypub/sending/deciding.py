"""What an answer means: it arrived, it will never, or we try again and when."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from corale.adapters.activitypub.models import Dispatch
from corale.adapters.activitypub.sending.answer import Answer
from corale.adapters.activitypub.sending.letters import Letter

State = Dispatch.State
PATIENCE = timedelta(days=7)
FIRST_PAUSE, LONGEST_PAUSE = 60.0, 6 * 3600.0
MOST_WAIT = 24 * 3600.0
"""However long they ask us to wait."""
STUBBORN = 4
"""Attempts at a server that does not believe us (it may not have reached our key) or sends us elsewhere."""

SICK = frozenset({429, 502, 503, 504})
"""Answers that speak of the server and not of the message."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a dispatch goes; `server`: True it lives, False it does not, None this says nothing of it."""

    letter: Letter
    answer: Answer
    state: int
    next_at: datetime | None = None
    server: bool | None = True
    closed_until: datetime | None = None  # they asked us to wait
    is_counted: bool = True  # it was an attempt

    @property
    def is_gone(self) -> bool:
        """Whoever was there is there no more (410), as against a wrong address (404)."""
        return self.answer.status == 410


def judge(letter: Letter, answer: Answer, now: datetime) -> Verdict:
    """One answer, one verdict."""
    status = answer.status
    if status is None:
        return _again(letter, answer, now, server=False)
    if 200 <= status < 300:
        return Verdict(letter, answer, State.SENT)
    if status in SICK:
        return _wait(letter, answer, now)
    if status >= 500 and status != 501:
        return _again(letter, answer, now, server=None)
    if status in {408, 425} or (_is_stubborn(status) and letter.attempt < STUBBORN):
        return _again(letter, answer, now, server=True)
    return Verdict(letter, answer, State.FAILED)


def dropped(letter: Letter) -> Verdict:
    """Nobody wants it sent any more: the server was blocked meanwhile."""
    return Verdict(letter, Answer(None, "blocked"), State.DROPPED, server=None)


def given_back(letter: Letter, now: datetime) -> Verdict:
    """It was not sent, and that is no attempt."""
    return Verdict(letter, Answer(None), State.WAITING, next_at=now, server=None, is_counted=False)


def _is_stubborn(status: int) -> bool:
    return status == 401 or 300 <= status < 400


def _wait(letter: Letter, answer: Answer, now: datetime) -> Verdict:
    """They are overloaded, or something before them is: until the time they say, where they say one."""
    asked = min(answer.retry_after, MOST_WAIT) if answer.retry_after is not None else None
    until = now + timedelta(seconds=max(1.0, asked) * random.uniform(1.0, 1.1)) if asked is not None else None  # noqa: S311
    lives = answer.status == 429
    return _again(letter, answer, now, server=lives, closed_until=until)


def _again(
    letter: Letter, answer: Answer, now: datetime, *, server: bool | None, closed_until: datetime | None = None
) -> Verdict:
    next_at = closed_until or now + timedelta(seconds=pause(letter.attempt))
    if next_at - letter.words.since > PATIENCE:
        return Verdict(letter, answer, State.FAILED, server=server, closed_until=closed_until)
    return Verdict(letter, answer, State.WAITING, next_at, server=server, closed_until=closed_until)


def pause(attempt: int) -> float:
    """Seconds before the next attempt: doubling from a minute up to six hours, with a quarter of chance in it."""
    return min(FIRST_PAUSE * 2.0 ** (attempt - 1), LONGEST_PAUSE) * random.uniform(0.75, 1.25)  # noqa: S311
