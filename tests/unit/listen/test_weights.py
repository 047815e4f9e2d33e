"""Adding rows as large whole numbers is adding each lane."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.listen.reading import weights
from corale.listen.reading.reader import SHIPPED, built_in
from corale.listen.reading.weights import OFFSET, Sum, Table

ROW = st.lists(st.integers(-127, 127), min_size=3, max_size=3)


@given(st.lists(ROW, min_size=8, max_size=8), st.lists(st.integers(0, 2**32 - 1), max_size=200))
def test_rows_added_together_are_their_lanes_added_together(rows: list[list[int]], numbers: list[int]) -> None:
    table = Table(bytes(lane + OFFSET for row in rows for lane in row), 3)

    total = Sum(sum(map(table.row, numbers)), len(numbers))

    chosen = [rows[number % 8] for number in numbers]
    assert table.values(total) == [sum(row[lane] for row in chosen) for lane in range(3)]


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    weights.save(tmp_path / "some.bin", {"version": "1"}, {"words": (bytes(range(8)), 2)})

    file = weights.load(tmp_path / "some.bin")

    assert file.about["version"] == "1"
    assert file.tables["words"].values(Sum(file.tables["words"].row(1), 1)) == [2 - OFFSET, 3 - OFFSET]


def test_another_file_is_not_taken_for_weights(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"PNG")

    with pytest.raises(ValueError, match="no weights"):
        weights.load(tmp_path / "other.bin")


def test_the_shipped_weights_are_small_and_name_their_version() -> None:
    assert SHIPPED.stat().st_size < 2_000_000
    assert built_in().version in (SHIPPED.parent / "card.md").read_text(encoding="utf-8")
