"""What an import would do, before it does anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from corale.adapters.files import columns, reading, wire
from corale.adapters.files.reading import Line, Shape
from corale.channels.contract import Said
from corale.channels.errors import Malformed

LINES = 1000


@dataclass(slots=True)
class Preview:
    """The first thousand lines: what they say, and which cannot be read."""

    shape: Shape
    total_bytes: int
    columns: dict[str, str] = field(default_factory=dict)  # ours → theirs
    said: list[Said] = field(default_factory=list)  # the first few
    readable: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None
    threads: int = 0
    authors: set[str] = field(default_factory=set)

    @property
    def looked_at(self) -> int:
        """How many lines the preview read."""
        return self.readable + len(self.rejected)


def preview(path: Path, *, encoding: str = "", show: int = 5) -> Preview:
    """Reads the beginning of a file. Malformed when it is no file of messages at all."""
    shape = reading.shape_of(path, encoding=encoding)
    seen = Preview(shape, path.stat().st_size)
    for line in _first(reading.lines(path, shape)):
        _look(seen, line, show)
    if not seen.readable:
        raise Malformed(f"no line can be read as a message; the first says: {seen.rejected[0][1]}")
    return seen


def _first(lines: Iterator[Line]) -> Iterator[Line]:
    for _number, line in zip(range(LINES), lines, strict=False):
        yield line


def _look(seen: Preview, line: Line, show: int) -> None:
    try:
        if line.problem:
            raise Malformed(line.problem)
        said = wire.read(line.raw)
        names = tuple(wire.fields(line.body, line.headers))
    except Malformed as error:
        seen.rejected.append((line.number, str(error)))
        return
    seen.readable += 1
    seen.columns |= columns.known(names)
    seen.threads += bool(said.parent or said.root)
    seen.authors.add(said.author.stable_id)
    if said.written_at:
        seen.first = min(seen.first or said.written_at, said.written_at)
        seen.last = max(seen.last or said.written_at, said.written_at)
    if len(seen.said) < show:
        seen.said.append(said)
