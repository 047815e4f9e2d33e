"""Which texts are the same text again: re-shared, in capitals, with another link, mention, emoji or full stop."""

from __future__ import annotations

import re
from hashlib import blake2b

from corale.lib.text import fold
from corale.listen.reading import words

_WORD = re.compile(r"[^\W_]+")
_PASSED_ON = re.compile(r"^\s*RT\s+@?[\w.\-]+:?\s*", re.IGNORECASE)


def normal(text: str) -> str:
    """The words alone. A text without any keeps its signs: a heart is not a skull."""
    bare = words.plain(fold(_PASSED_ON.sub("", text))).replace(words.LINK, " ").replace(words.MENTION, " ")
    return " ".join(_WORD.findall(bare)) or " ".join(bare.split())


def key(text: str) -> int:
    """64 bits with a sign, as the database keeps them; the same for texts that are the same again."""
    return int.from_bytes(blake2b(normal(text).encode(), digest_size=8).digest(), "big", signed=True)


def is_passed_on(text: str) -> bool:
    """Somebody else's words, marked as such."""
    return _PASSED_ON.match(text) is not None
