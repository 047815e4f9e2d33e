"""Memory that nobody uses: three processes, and each carries all it ever imported."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys


def leave_out() -> None:
    """Before anything of ours is imported.

    httpx looks for its own command line, and where the libraries for it happen to be installed loads all of them;
    without them it goes on without a word, and so it does when told that there are none.
    """
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]


OFTEN_ENOUGH = 20_000
"""New containers between two searches for garbage. Python's own 700 means one for every thirty messages taken in: a
tenth of the processor time of taking in, and more."""


def settle_down() -> None:
    """After starting: what only importing needed goes back to the system, and what stays is not looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN_ENOUGH, 20, 50)
    with contextlib.suppress(OSError, AttributeError):  # only the C library of Linux knows how
        ctypes.CDLL(None).malloc_trim(0)
