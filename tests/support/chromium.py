"""Chromium, started once by each worker, and started again when it hangs.

Once in thousands of visits Chromium does not answer when a visitor's things are put away, although the test itself has
passed. Playwright then waits for ever. So whoever closes something here gives it a time: after that the browser is
killed, and the next visitor gets a new one.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, BrowserType, Error

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-sync", "--no-first-run", "--mute-audio",
    "--metrics-recording-only", "--disable-features=Translate,OptimizationHints,MediaRouter",
]  # fmt: skip
PROGRAMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"]
"""The first is Debian's Chromium without its windows, where it is packaged: the same pages at half the cost."""
PATIENCE = 8.0  # seconds for what takes a tenth of one


class Chromium:
    """One browser at a time; `new_context` starts it when there is none."""

    def __init__(self, kind: BrowserType) -> None:
        self._kind = kind
        self._browser: Browser | None = None

    def new_context(self, **how: Any) -> BrowserContext:
        """A visitor with cookies of its own."""
        if self._browser is None or not self._browser.is_connected():
            found = (path for path in PROGRAMS if Path(path).exists())
            self._browser = self._kind.launch(executable_path=next(found, None), args=QUIET)
        return self._browser.new_context(**how)

    def close(self) -> None:
        """The browser itself."""
        if self._browser is not None:
            with in_time():
                self._browser.close()


@contextmanager
def in_time(seconds: float = PATIENCE) -> Iterator[None]:
    """What is closed here is closed, or the browser is killed: what it held is gone either way."""
    fired = threading.Event()
    watch = threading.Timer(seconds, lambda: (fired.set(), kill()))
    watch.daemon = True
    watch.start()
    try:
        yield
    except Error:  # it was killed while we waited
        if not fired.is_set():
            raise
    finally:
        watch.cancel()


def kill() -> None:
    """Every Chromium below this process."""
    for pid in below(os.getpid()):
        with suppress(OSError):  # it went by itself
            if "chrom" in Path(f"/proc/{pid}/comm").read_text():
                os.kill(pid, signal.SIGKILL)


def below(pid: int) -> list[int]:
    """Its children, and theirs."""
    found: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, tasks.read_text().split()):
            found += [child, *below(child)]
    return found
