"""Single items of a listing, byte for byte as they came."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from corale.channels.errors import Malformed

_SPACE = " \t\n\r"
_decoder = json.JSONDecoder()


def items(body: bytes, field: str) -> list[bytes]:
    """The elements of the list under `field` of a JSON object, unmodified. Malformed when it is something else."""
    text = body.decode("utf-8", "surrogateescape")
    try:
        return [text[start:end].encode("utf-8", "surrogateescape") for start, end in _elements(text, field)]
    except (ValueError, IndexError, RecursionError) as error:
        raise Malformed(f"a listing of {field} that is not one") from error


def _elements(text: str, field: str) -> Iterator[tuple[int, int]]:
    place = _expect(text, 0, "{")
    while text[place := _skip(text, place)] != "}":
        key, place = _decoder.raw_decode(text, _skip(text, place))
        place = _skip(text, _expect(text, place, ":"))
        if key == field:
            yield from _list(text, _expect(text, place, "["))
            return
        _, place = _decoder.raw_decode(text, place)
        place = _comma(text, place, "}")
    raise ValueError(f"no {field}")


def _list(text: str, place: int) -> Iterator[tuple[int, int]]:
    while text[place := _skip(text, place)] != "]":
        _, end = _decoder.raw_decode(text, place)
        yield place, end
        place = _comma(text, end, "]")


def _comma(text: str, place: int, closing: str) -> int:
    place = _skip(text, place)
    return place if text[place] == closing else _expect(text, place, ",")


def _expect(text: str, place: int, letter: str) -> int:
    place = _skip(text, place)
    if text[place] != letter:
        raise ValueError(f"expected {letter!r}")
    return place + 1


def _skip(text: str, place: int) -> int:
    while text[place] in _SPACE:
        place += 1
    return place


def opened(body: bytes) -> dict[str, Any]:
    """A JSON object. Malformed when the bytes are not one."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    if not isinstance(value, dict):
        raise Malformed("not a JSON object")
    return value
