"""What the page on federation says is shown by a test, is: the test is there."""

from __future__ import annotations

import re

from tests.unit.docs.pages import ROOT

TESTS = [path.read_text() for path in (ROOT / "tests").rglob("test_*.py")]


def test_every_test_that_the_conformance_table_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "federation.md").read_text()))
    there = {name for text in TESTS for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}

    assert named
    assert named - there == set()
