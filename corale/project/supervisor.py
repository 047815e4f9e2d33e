"""One parent for all processes of Corale: starts them, starts again what dies, and stops all within five seconds.

It imports nothing but the standard library, so that it costs little memory and nothing of ours can break it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

GRACE = 4.0
"""Seconds from being told to stop until what still runs is ended."""

STEADY = 10.0
"""A child that lived so long has recovered: its next death is its first."""


SPARING = {"MALLOC_ARENA_MAX": "2"}
"""One heap for each thread costs more memory than it saves time in processes as small as ours."""


class Child:
    """A process that should always run."""

    def __init__(self, name: str, argv: Sequence[str], environment: dict[str, str] | None = None) -> None:
        self.name, self.argv = name, list(argv)
        self._environment = {**SPARING, **os.environ, "CORALE_PARENT": str(os.getpid()), **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._began = self._again = 0.0
        self.deaths = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def keep(self, now: float) -> None:
        """Start it when it is not there and its time has come."""
        if self._process is not None and self._process.poll() is not None:
            self._mourn(now, self._process.returncode)
        if self._process is None and now >= self._again:
            self._began = now
            # A session of its own: Ctrl-C in a terminal reaches us only, and we stop everybody in order.
            self._process = subprocess.Popen(self.argv, env=self._environment, start_new_session=True)  # noqa: S603

    def _mourn(self, now: float, code: int) -> None:
        self.deaths = 1 if now - self._began > STEADY else self.deaths + 1
        pause = 0.0 if self.deaths == 1 else min(10.0, 0.25 * 2.0**self.deaths)
        self._process, self._again = None, now + pause
        print(f"corale: {self.name} ended ({code}), starting again in {pause:g} s", file=sys.stderr, flush=True)

    def tell(self, number: int) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def end(self) -> None:
        """At once, with everything it started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Supervisor:
    """`run` returns after SIGTERM or SIGINT; SIGHUP starts every child anew (after a restore)."""

    def __init__(self, children: Sequence[Child], pid_file: Path | None = None) -> None:
        self.children, self._pid_file = list(children), pid_file
        self._woken = threading.Event()
        self._stopping = self._renewing = False

    def run(self, started: Callable[[], None] | None = None) -> None:
        """`started` is called in a thread once the children were started."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, self._signalled)
        if self._pid_file:
            self._pid_file.write_text(f"{os.getpid()}\n")
        try:
            self._keep_all()
            if started:
                threading.Thread(target=started, daemon=True).start()
            while not self._stopping:
                self._woken.wait(0.5)
                self._woken.clear()
                if self._renewing:
                    self._renewing = False
                    self._stop_all()
                self._keep_all()
        finally:
            self._stop_all()
            if self._pid_file:
                self._pid_file.unlink(missing_ok=True)

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self._stopping = self._stopping or number in (signal.SIGTERM, signal.SIGINT)
        self._renewing = self._renewing or number == signal.SIGHUP
        self._woken.set()

    def _keep_all(self) -> None:
        if not self._stopping:
            for child in self.children:
                child.keep(time.monotonic())

    def _stop_all(self) -> None:
        for child in self.children:
            child.tell(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and any(child.is_running for child in self.children):
            time.sleep(0.02)
        for child in self.children:
            child.end()


def running(pid_file: Path) -> int | None:
    """The process that keeps Corale running on this data folder, if there is one."""
    try:
        pid = int(pid_file.read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid
