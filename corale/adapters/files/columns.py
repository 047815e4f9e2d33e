"""The columns of a file, and the other names under which they often come."""

from __future__ import annotations

from functools import lru_cache

COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "message", "content", "full_text", "testo"),
    "id": ("id", "native_id", "tweet_id", "tweet_ID", "message_id"),
    "at": ("at", "created_at", "date", "timestamp", "time", "data"),
    "author": ("author", "author_id", "user", "from", "autore"),
    "author_name": ("author_name", "name", "nome"),
    "language": ("language", "lang", "lingua"),
    "parent": ("parent", "in_reply_to", "reply_to", "in_reply_to_id"),
    "root": ("root", "thread", "thread_id", "conversation_id"),
    "url": ("url", "link"),
    "ours": ("ours", "outbound", "from_us"),
}
"""Our name → the names we take it from, the first that is there. Only `text` has to be there."""

TRUE = frozenset({"1", "true", "yes", "y", "si", "sì", "t"})


@lru_cache(maxsize=256)  # the lines of a file have mostly the same columns
def known(names: tuple[str, ...]) -> dict[str, str]:
    """Which of a file's columns means what: our name → its name."""
    found: dict[str, str] = {}
    for ours, theirs in COLUMNS.items():
        for name in theirs:
            if name in names:
                found[ours] = name
                break
    return found
