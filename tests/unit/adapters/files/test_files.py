"""Files of messages, read line by line as they stand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.adapters.files import reading, wire
from corale.channels.contract import Raw
from corale.channels.errors import Malformed


def read(path: Path) -> list[object]:
    shape = reading.shape_of(path)
    found: list[object] = []
    for line in reading.lines(path, shape):
        try:
            found.append(wire.read(line.raw).text)
        except Malformed as error:
            found.append(error)
    return found


def test_json_lines_with_the_names_that_other_programs_use(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 7, "user": "u1", "created_at": "2026-03-01 09:30:00+01:00", "full_text": "Però!"}\n')

    (line,) = reading.lines(path, reading.shape_of(path))
    said = wire.read(line.raw)

    assert (said.native_id, said.author.stable_id, said.text) == ("7", "u1", "Però!")
    assert said.written_at == datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    assert said.addressed


def test_csv_in_latin_1_with_semicolons_and_a_text_over_two_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('id;text\n1;"Perché\nno?"\n2;"dice ""ciao"""\n'.encode("cp1252"))

    assert reading.shape_of(path).encoding == "cp1252"
    assert read(path) == ["Perché\nno?", 'dice "ciao"']


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbftext,id\nciao,1\n")

    assert read(path) == ["ciao"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ('{"text": ""}', "empty or missing"),
        ('{"text": {"a": 1}}', "not text"),
        ('{"text": "x", "at": "yesterday"}', "not a time"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_what_cannot_be_read_says_why(line: str, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        wire.read(Raw("k", line.encode(), {"format": "jsonl", "encoding": "utf-8"}))


def test_a_line_of_csv_with_too_many_columns_is_rejected_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,a,b\n2,bene\n")

    bad, good = read(path)

    assert "3 columns where the first line has 2" in str(bad)
    assert good == "bene"


def test_broken_utf_8_in_one_line_spoils_that_line_only(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    filler = b'{"text": "riempimento"}\n' * 20_000
    path.write_bytes(filler + b'{"text": "\xff\xfe"}\n' + b'{"text": "dopo"}\n')

    found = read(path)

    assert isinstance(found[-2], Malformed)
    assert found[-1] == "dopo"


def test_an_endless_line_is_not_taken_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * (13 * 1024 * 1024) + b'"}\n{"text": "dopo"}\n')

    long, after = reading.lines(path, reading.shape_of(path))

    assert "longer than" in long.problem
    assert len(long.body) <= 2000
    assert wire.read(after.raw).text == "dopo"


@given(st.lists(st.text(min_size=1, max_size=40).filter(lambda text: text.strip() != ""), min_size=1, max_size=20))
def test_reading_can_go_on_after_any_line(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("files") / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    shape = reading.shape_of(path)
    all_at_once = list(reading.lines(path, shape))

    for line in all_at_once:
        rest = reading.lines(path, shape, start=line.end, number=line.number)
        assert [each.body for each in rest] == [each.body for each in all_at_once[line.number :]]
