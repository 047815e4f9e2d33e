"""One at a time over all processes of a machine, for what must not be done twice at the same moment."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from corale.adapters.activitypub.signing import NotBelieved
from corale.channels.keys import key_of

DOORS = 256
"""Files. Two names in a few hundred share one, and then wait for each other."""


@contextmanager
def alone(name: str, *, patience: float = 3.0) -> Iterator[None]:
    """Holds the door of `name`; it opens by itself when its holder dies. NotBelieved("too_many") after `patience`
    seconds: then others are asking for it already."""
    folder = settings.CORALE_DATA / "doors"
    folder.mkdir(exist_ok=True)
    until = time.monotonic() + patience
    with (folder / f"activitypub-{key_of(name) % DOORS:02x}").open("w") as door:
        while True:
            try:
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise NotBelieved("too_many", 429, retry_after=10) from None
                time.sleep(0.01)
        yield
