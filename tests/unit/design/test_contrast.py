"""Every pair of ink and paper the components use is measured, in light and in dark (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import corale.design

TOKENS = (Path(corale.design.__file__).parent / "static/design/tokens.css").read_text()
COLOURS = {
    name: values for name, *values in re.findall(r"--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)", TOKENS)
} | {"on-channel": ["#ffffff", "#ffffff"]}
GROUNDS = ["desk", "paper", "sheet", "pressed"]
WORDS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "ink-quiet") for ground in GROUNDS),
    *(("siena", ground) for ground in (*GROUNDS, "siena-wash")),
    *(("siena-deep", ground) for ground in GROUNDS),
    *(("broken", ground) for ground in (*GROUNDS, "broken-wash")),
    *(("kept", ground) for ground in ("paper", "sheet", "desk", "kept-wash")),
    *((f"tone-{ink}", f"tone-{number}") for ink in ("ink",) for number in range(1, 9)),
    *(("on-channel", f"channel{name}") for name in ("", "-bluesky", "-mastodon", "-email")),
    ("on-siena", "siena"),
    ("on-siena", "siena-deep"),
    ("note-ink", "note"),
    ("ink", "note"),
    ("ink", "siena-wash"),
    ("ink-soft", "siena-wash"),
    ("ink", "found"),
    ("paper", "ink"),
]
MARKS = [
    ("edge", "paper"),
    ("edge", "sheet"),
    ("edge", "desk"),
    ("siena", "paper"),
    ("siena", "desk"),
    ("siena", "sheet"),
]


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: int) -> float:
    high, low = sorted((luminance(COLOURS[one][theme]), luminance(COLOURS[other][theme])), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_can_be_read(ink, ground, theme):
    assert contrast(ink, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_what_can_be_used_can_be_seen(mark, ground, theme):
    assert contrast(mark, ground, theme) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_a_broken_promise_does_not_look_like_the_accent(theme):
    red, siena = (int(COLOURS[name][theme][5:7], 16) for name in ("broken", "siena"))

    assert abs(red - siena) >= 20
