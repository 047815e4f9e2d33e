"""One line of a file to our words. No Django, no network."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from corale.adapters.files.columns import TRUE, known
from corale.channels.contract import Raw, Said, Who
from corale.channels.errors import Malformed

csv.field_size_limit(16 * 1024 * 1024)


def read(raw: Raw) -> Said:
    """What a kept line says. Malformed, with a reason a person can act on, when it cannot be read."""
    line = fields(raw.body, raw.headers)
    said = {
        ours: value if isinstance(value := line[name], str) else _text(value, name)
        for ours, name in known(tuple(line)).items()
    }
    get = said.get
    text = get("text", "")
    if not text.strip():
        raise Malformed("the column “text” is empty or missing")
    ours, at, parent = get("ours", "").lower() in TRUE, get("at", ""), get("parent", "")
    author = get("author") or ("us" if ours else "unknown")
    return Said(
        native_id=get("id") or raw.key,
        version=raw.key,
        author=Who("files", author, handle=author, name=get("author_name", "")),
        text=text,
        written_at=moment(at) if at else None,
        kind="reply" if parent else "mention",
        parent=parent,
        root=get("root", ""),
        addressed=not ours,
        ours=ours,
        language=get("language", "")[:12],
        url=get("url", ""),
    )


def fields(body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """The columns of one line, by the file's own names."""
    try:
        text = body.decode(headers.get("encoding", "utf-8"))
    except UnicodeDecodeError as error:
        raise Malformed(f"not {headers.get('encoding', 'utf-8')}: byte {error.start}") from error
    if headers.get("format") == "csv":
        return _csv(text, headers)
    try:
        line = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from error
    if not isinstance(line, dict):
        raise Malformed("not a JSON object")
    return line


def _csv(text: str, headers: Mapping[str, str]) -> dict[str, Any]:
    names = _names(headers.get("columns", "[]"))
    try:
        row = next(csv.reader(text.splitlines(keepends=True), delimiter=headers.get("delimiter", ","), strict=True))
    except (csv.Error, StopIteration) as error:
        raise Malformed(f"not a line of CSV: {error}") from error
    if len(row) != len(names):
        raise Malformed(f"{len(row)} columns where the first line has {len(names)}")
    return dict(zip(names, row, strict=True))


@lru_cache(maxsize=64)
def _names(columns: str) -> tuple[str, ...]:
    return tuple(json.loads(columns))


def _text(value: Any, name: str) -> str:
    if isinstance(value, dict | list):
        raise Malformed(f"the column “{name}” is not text")
    return "" if value is None else str(value)


def moment(text: str) -> datetime:
    """ISO 8601, or seconds (or milliseconds) since 1970; without a zone it is UTC."""
    try:
        if text.replace(".", "", 1).isdecimal() and len(text) > 8:
            number = float(text)
            return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
        at = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError) as error:
        raise Malformed(f"“{text[:40]}” is not a time such as 2026-03-01T09:30:00+01:00") from error
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def digest(body: bytes) -> str:
    """Names a line that has no id: the same line is the same message."""
    return blake2b(body.strip(), digest_size=16).hexdigest()
