"""The threads that send. Sixteen at once; one that waits for a slow server is no longer counted, so that the dead delay
nobody, and there are never more than a bounded number of them."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from time import monotonic

from django.utils import timezone

from corale.adapters.activitypub.sending.answer import Answer
from corale.adapters.activitypub.sending.claiming import LEASE
from corale.adapters.activitypub.sending.deciding import Verdict, dropped, given_back, judge
from corale.adapters.activitypub.sending.letters import Letter
from corale.adapters.activitypub.sending.posting import Crowded, post

log = logging.getLogger(__name__)
AT_ONCE = 16
AT_MOST = 96
IN_HAND = 2 * AT_ONCE
SLOW = 1.0  # seconds after which somebody is waited for
TOO_LATE = LEASE.total_seconds() / 2  # a letter that lay so long is given back: its lease would end on the way
IDLE = 20.0  # seconds after which a thread with nothing to do ends


class Crew:
    """Takes letters, gives verdicts. `wake` is called when there is one."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._todo: SimpleQueue[Letter] = SimpleQueue()
        self._verdicts: deque[Verdict] = deque()
        self._busy: dict[int, float] = {}  # letter id → since when
        self._waiting = 0
        self._threads = 0
        self._lock = threading.Lock()

    def room(self) -> int:
        """How many more letters to take."""
        with self._lock:
            slow = self._slow()
            quick = len(self._busy) - slow + self._waiting
            return max(0, min(IN_HAND - quick, AT_MOST + AT_ONCE - len(self._busy) - self._waiting))

    def add(self, letters: Sequence[Letter]) -> None:
        """Hands them out; threads are made as they are needed."""
        with self._lock:
            self._waiting += len(letters)
        for letter in letters:
            self._todo.put(letter)
        self.staff()

    def staff(self) -> None:
        """As many threads as there is work for."""
        with self._lock:
            wanted = min(AT_ONCE + self._slow(), AT_MOST, len(self._busy) + self._waiting)
            missing = wanted - self._threads
            self._threads += max(0, missing)
        for _ in range(missing):
            threading.Thread(target=self._work, name="dispatch", daemon=True).start()

    def verdicts(self) -> list[Verdict]:
        """Those that have come in."""
        return [self._verdicts.popleft() for _ in range(len(self._verdicts))]

    def put_back(self, verdicts: Sequence[Verdict]) -> None:
        """They could not be written down now; they are not forgotten."""
        self._verdicts.extendleft(reversed(verdicts))

    def withdraw(self) -> list[Verdict]:
        """What no thread has begun, given back."""
        back = []
        while True:
            try:
                back.append(given_back(self._todo.get_nowait(), timezone.now()))
            except Empty:
                break
        with self._lock:
            self._waiting -= len(back)
        return back

    @property
    def is_idle(self) -> bool:
        with self._lock:
            return not (self._busy or self._waiting or self._verdicts)

    def _slow(self) -> int:
        now = monotonic()
        return sum(now - since > SLOW for since in self._busy.values())

    def _work(self) -> None:
        while True:
            try:
                letter = self._todo.get(timeout=IDLE)
            except Empty:
                with self._lock:
                    if self._waiting:
                        continue
                    self._threads -= 1
                    return
            with self._lock:
                self._waiting -= 1
                self._busy[letter.id] = monotonic()
            verdict = send(letter)
            with self._lock:
                self._verdicts.append(verdict)
                del self._busy[letter.id]
            self._wake()


def send(letter: Letter) -> Verdict:
    """One letter, one verdict; never raises."""
    if letter.is_unwanted:
        return dropped(letter)
    if monotonic() - letter.taken > TOO_LATE:
        return given_back(letter, timezone.now())
    try:
        answer = post(letter)
    except Crowded:
        return given_back(letter, timezone.now())
    except Exception as error:  # a fault of ours: it is written down and tried again like any other
        log.exception("dispatch %s to %s", letter.id, letter.host)
        answer = Answer(None, f"{type(error).__name__}: {error}")
    return judge(letter, answer, timezone.now())
