"""The first page, the changes and the picture."""

from __future__ import annotations

import re

from corale import __version__
from tests.unit.docs.pages import PAGES, ROOT, links


def test_the_wheel_that_pages_name_is_the_one_that_is_built() -> None:
    named = {version for path in PAGES for version in re.findall(r"corale-([\d.]+)-py3", path.read_text())}

    assert named == {__version__}


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = "\n".join((ROOT / "README.md").read_text().splitlines()[:25])

    assert "make up" in first
    assert "make test" in first


def test_this_version_has_its_changes() -> None:
    assert re.search(rf"^## .*{re.escape(__version__)}", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_pictures_are_light_and_shown() -> None:
    shown = {(path.parent / link).resolve() for path in PAGES for link in links(path)}
    pictures = list((ROOT / "docs/images").iterdir())

    assert [picture.name for picture in pictures if picture.stat().st_size > 300_000] == []
    assert [picture.name for picture in pictures if picture not in shown] == []
