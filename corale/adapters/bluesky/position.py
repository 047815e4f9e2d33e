"""How far a stream has been read, and when it is polite to go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from corale.adapters.bluesky.answers import Answer

KNOWN = 600


@dataclass(frozen=True, slots=True)
class Position:
    """How far we have read. A reading goes back to `must` however long it takes, to `since` if that is not far.

    `known` are items that were brought already; `owed` are posts whose thread is still due.
    """

    newest: str = ""
    since: str = ""
    must: str = ""
    page: str = ""
    deep: str = ""
    known: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    due: str = ""

    @classmethod
    def parse(cls, cursor: str) -> Position:
        """From a kept cursor; the beginning when it is none of ours."""
        try:
            found = json.loads(cursor)
            return cls(**{**found, "known": tuple(found["known"]), "owed": tuple(found["owed"])})
        except (ValueError, TypeError, KeyError):
            return cls()

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


def knowing(position: Position, keys: Sequence[str]) -> Position:
    """These have been brought too."""
    return replace(position, known=tuple(dict.fromkeys([*keys, *position.known]))[:KNOWN])


def paced(last: Answer | None, pace: float) -> float:
    """Seconds to wait: when little is left to ask, until the server counts anew. What remains is for people."""
    if last is not None and last.is_scarce:
        return max(pace, min(last.until_reset or 60.0, 300.0))
    return pace


def short(key: str) -> str:
    """A few letters that stand for a key."""
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=6).hexdigest()
