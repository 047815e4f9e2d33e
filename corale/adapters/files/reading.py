"""A file as a stream of lines, each kept as it stands; a file of a gigabyte takes no more memory than a small one."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from corale.adapters.files.wire import digest
from corale.channels.contract import Raw
from corale.channels.errors import Malformed

LONGEST = 12 * 1024 * 1024  # bytes of one line
_SAMPLE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of file it is."""

    format: str  # jsonl or csv
    encoding: str
    delimiter: str = ""
    columns: tuple[str, ...] = ()

    @property
    def headers(self) -> dict[str, str]:
        """What the reader of a single line needs to know."""
        if self.format == "jsonl":
            return {"format": "jsonl", "encoding": self.encoding}
        columns = json.dumps(self.columns)
        return {"format": "csv", "encoding": self.encoding, "delimiter": self.delimiter, "columns": columns}


@dataclass(slots=True)
class Line:
    """One record: its number in the file (of its first line), where it ends, and its bytes, or why it has none."""

    number: int
    end: int
    body: bytes
    problem: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> Raw:
        """As an envelope keeps it."""
        return Raw(key=digest(self.body), body=self.body, headers=self.headers)


def shape_of(path: Path, *, encoding: str = "") -> Shape:
    """Looks at the beginning of a file. Malformed when it is neither JSON lines nor CSV."""
    with path.open("rb") as opened:
        sample = opened.read(_SAMPLE)
    if not sample.strip():
        raise Malformed("the file is empty")
    encoding = encoding or _encoding(sample)
    first = sample.decode(encoding, "replace").lstrip("\ufeff").splitlines()[0]
    if first.lstrip().startswith("{"):
        return Shape("jsonl", encoding)
    delimiter = max(",;\t|", key=first.count)
    if first.count(delimiter) == 0:
        raise Malformed("the first line is neither JSON nor the names of columns separated by a comma")
    columns = tuple(name.strip() for name in next(csv.reader([first], delimiter=delimiter)))
    return Shape("csv", encoding, delimiter, columns)


def _encoding(sample: bytes) -> str:
    """UTF-8 if it is, else Latin-1 as Windows writes it; a sample may end inside a letter."""
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        return "utf-8" if error.start > len(sample) - 4 else "cp1252"
    return "utf-8"


def lines(path: Path, shape: Shape, *, start: int = 0, number: int = 0) -> Iterator[Line]:
    """The records of a file from byte `start` on (which is where a `Line` ended)."""
    headers = shape.headers
    with path.open("rb") as opened:
        opened.seek(start)
        if shape.format == "csv" and start == 0:
            opened.readline()
            number = 1
        while True:
            first, body, problem = number + 1, b"", ""
            while True:
                piece = opened.readline(LONGEST + 1)
                number += 1
                body += piece
                if not piece or len(body) > LONGEST or shape.format == "jsonl" or _is_whole(body):
                    break
            if not body:
                return
            if len(body) > LONGEST:
                problem, body = f"longer than {LONGEST // 1024 // 1024} MB", body[:2000]
                _skip(opened)
            if body.strip():
                yield Line(first, opened.tell(), body, problem, headers)


def _is_whole(record: bytes) -> bool:
    """Every quote that was opened is closed: a record of CSV may run over several lines."""
    return record.count(b'"') % 2 == 0


def _skip(opened: BinaryIO) -> None:
    while (piece := opened.readline(LONGEST)) and not piece.endswith(b"\n"):
        continue
