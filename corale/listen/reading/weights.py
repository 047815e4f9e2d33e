"""The file of weights: whole numbers of eight bits in tables, addressed by the number of a feature.

A table has `size` rows (a power of two) of `lanes` signed bytes. Each row is read as one large whole number of 32-bit
fields, so that adding a row to another adds all lanes at once: no library for numbers is needed, and the sums are the
same on every machine. Rows are offset by 128 so that no field can borrow from its neighbour.
"""

from __future__ import annotations

import json
import lzma
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAGIC = b"CORALE1\n"
OFFSET = 128
FIELD = 4  # bytes


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows added together: the fields of all lanes in one number, and how many rows there were."""

    total: int = 0
    count: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.total + other.total, self.count + other.count)


class Table:
    """One table. `row` gives the fields of a feature as one number."""

    __slots__ = ("_mask", "_spread", "_width", "lanes")

    def __init__(self, rows: bytes, lanes: int) -> None:
        """`rows`: one byte a lane, with its offset. Spread to a field each, once: it makes reading twice as quick."""
        spread = bytearray(len(rows) * FIELD)
        spread[::FIELD] = rows
        self._spread, self.lanes, self._width = bytes(spread), lanes, lanes * FIELD
        self._mask = len(rows) // lanes - 1

    def row(self, number: int) -> int:
        at = (number & self._mask) * self._width
        return int.from_bytes(self._spread[at : at + self._width], "little")

    def values(self, total: Sum) -> list[int]:
        """The sum in each lane, without the offset."""
        fields = struct.unpack(f"<{self.lanes}I", total.total.to_bytes(self.lanes * FIELD, "little"))
        return [field - OFFSET * total.count for field in fields]


@dataclass(frozen=True, slots=True)
class File:
    """What a file of weights holds: a description, and tables by name."""

    about: dict[str, Any]
    tables: dict[str, Table]


def load(path: Path) -> File:
    """Raises ValueError when the file is not one of ours."""
    raw = path.read_bytes()
    if not raw.startswith(MAGIC):
        raise ValueError(f"{path.name} holds no weights")
    unpacked = lzma.decompress(raw[len(MAGIC) :])
    length = int.from_bytes(unpacked[:4], "little")
    about: dict[str, Any] = json.loads(unpacked[4 : 4 + length])
    at, tables = 4 + length, {}
    for name, rows, lanes in about["tables"]:
        tables[name] = Table(unpacked[at : at + rows * lanes], lanes)
        at += rows * lanes
    return File(about, tables)


def save(path: Path, about: dict[str, Any], tables: dict[str, tuple[bytes, int]]) -> None:
    """`tables`: for each name its bytes (offset already) and how many lanes they have."""
    listed = [[name, len(rows) // lanes, lanes] for name, (rows, lanes) in tables.items()]
    head = json.dumps(about | {"tables": listed}, sort_keys=True, ensure_ascii=False).encode()
    body = b"".join(rows for rows, _lanes in tables.values())
    packed = lzma.compress(len(head).to_bytes(4, "little") + head + body, preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(MAGIC + packed)
