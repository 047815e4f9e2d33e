"""Pages remembered for a moment: when a link is shared, hundreds of servers come for its preview in the same minute."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

MOST = 256  # pages
FOR = 60.0  # seconds

_pages: OrderedDict[tuple[object, ...], tuple[float, bytes]] = OrderedDict()
_lock = threading.Lock()


def kept(key: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
    """The bytes of a page. `key` says everything on which they depend that may change sooner than in a minute."""
    now = monotonic()
    with _lock:
        found = _pages.get(key)
        if found is not None and found[0] > now:
            _pages.move_to_end(key)
            return found[1]
    made = make()
    with _lock:
        _pages[key] = (now + FOR, made)
        _pages.move_to_end(key)
        while len(_pages) > MOST:
            _pages.popitem(last=False)
    return made


def forget() -> None:
    """All of them."""
    with _lock:
        _pages.clear()
