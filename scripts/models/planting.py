"""Messages of which we know who repeats whom: variants planted among real ones, for `evaluate`.

The real ones are de-duplicated first. A tenth are halves of two others put together, so that having much in common is
not enough; a fifth are variants of one that stands before them.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from corale.listen.reading.near import normal
from scripts.models import data

Random = random.Random
_TABLES = (
    "permissive/umsab/*.tsv", "permissive/entipub-it/train.tsv", "research-only/complaints-en/dev.tsv",
    "research-only/multiemotions-it/dev.tsv", "research-only/germeval17-bahn-de/dev.tsv",
    "research-only/sentipolc16/train.tsv", "permissive/tweetact-en/dev.tsv", "research-only/tweeteval-en/*.tsv",
)  # fmt: skip
_LINES = (
    "permissive/inail-mentions/*.jsonl", "permissive/freemobile-fr/*.jsonl", "permissive/ibm-twitter-care/*.jsonl",
    "research-only/airlines-en/*.jsonl",
)  # fmt: skip
_NAMES = ("text", "utterance", "first", "rest")
_ASKED, _AGENT = "<cust__", "<rep__"
_CUSTOMER = re.compile(
    r"<cust__\s+(.*?)\s+__cust>", re.DOTALL
)  # what agents say comes from templates: they repeat each other
_SHORTEST, _SAME = 15, 40  # letters


def planted(count: int, seed: int = 3) -> tuple[list[str], list[int]]:
    """Texts in a mixed order, and for each the number of what it says: the same number, the same thing said. Empty
    when there are not enough data here."""
    fate = random.Random(seed)
    real = _distinct()
    fate.shuffle(real)
    halves, variants = count // 10, count // 5
    kept = count - halves - variants
    if len(real) < kept:
        return [], []
    base = real[:kept] + [_joined(fate.choice(real), fate.choice(real)) for _ in range(halves)]
    texts = list(enumerate(base))
    for _ in range(variants):
        at = fate.randrange(len(base))
        texts.append((at, varied(base[at], fate)))
    fate.shuffle(texts)
    return [text for _, text in texts], [number for number, _ in texts]


def varied(text: str, fate: Random) -> str:
    """As people and programs repeat: passed on, cut off, with a link, a mention, an emoji, a word dropped, mistyped,
    in capitals."""
    return fate.choice(_WAYS)(text, fate)


def _cut(text: str, fate: Random) -> str:
    return text[: max(int(len(text) * fate.uniform(0.7, 0.95)), _SHORTEST)] + "…"


def _dropped(text: str, fate: Random) -> str:
    words = text.split()
    if len(words) > 3:
        del words[fate.randrange(len(words))]
    return " ".join(words)


def _mistyped(text: str, fate: Random) -> str:
    """One or two letters: left out, doubled, or changed with the next."""
    for _ in range(fate.randint(1, 2)):
        at = fate.randrange(len(text) - 1)
        middle = fate.choice(("", text[at] * 2 + text[at + 1], text[at + 1] + text[at]))
        text = text[:at] + middle + text[at + 2 :] if middle else text[:at] + text[at + 1 :]
    return text


_WAYS: tuple[Callable[[str, Random], str], ...] = (
    lambda text, fate: f"RT @user{fate.randrange(999)}: {text}",
    _cut,
    lambda text, fate: f"{text} https://t.co/{fate.getrandbits(40):x}",
    lambda text, fate: f"@user{fate.randrange(999)} {text}",
    lambda text, fate: f"{text} {fate.choice('😂😡👍🙏🔥')}",
    _dropped,
    _mistyped,
    lambda text, _: text.upper(),
)


def _joined(left: str, right: str) -> str:
    """The first half of one, the second of another."""
    before, after = left.split(), right.split()
    return " ".join(before[: len(before) // 2 + 1] + after[len(after) // 2 :])


def _distinct() -> list[str]:
    """One of those that begin or end with the same forty letters."""
    found, seen = list[str](), set[str]()
    for text in _texts():
        words = normal(text)
        ends = {f"<{words[:_SAME]}", f">{words[-_SAME:]}"}
        if len(words) >= _SHORTEST and not ends & seen:
            found.append(text)
        seen |= ends
    return found


def _texts() -> Iterator[str]:
    root = data.folder()
    for pattern in _TABLES if root else ():
        for path in sorted(root.glob(pattern) if root else ()):
            yield from (row["text"] for row in data.table(path))
    for pattern in _LINES if root else ():
        for path in sorted(root.glob(pattern) if root else ()):
            yield from _lines(path)


def _lines(path: Path) -> Iterator[str]:
    """Every text in a file of JSON lines, whatever its shape."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield from _said(json.loads(line))


def _said(row: object) -> Iterator[str]:
    if isinstance(row, list):
        for each in row:
            yield from _said(each)
    elif isinstance(row, dict):
        for name, value in row.items():
            if name in _NAMES and isinstance(value, str):
                yield from _CUSTOMER.findall(value) if _AGENT in value or _ASKED in value else [value]
            else:
                yield from _said(value)
