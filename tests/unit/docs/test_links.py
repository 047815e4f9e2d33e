"""Every link leads somewhere, and both languages say the same things in the same order."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.unit.docs.pages import LANGUAGES, PAGES, ROOT, anchors, headings, links, name

every_page = pytest.mark.parametrize("path", PAGES, ids=name)
TRANSLATED = sorted({path.name for language in LANGUAGES for path in (ROOT / "docs" / language).glob("*.md")})


@every_page
def test_links_lead_somewhere(path: Path) -> None:
    inside = [link for link in links(path) if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in inside if not leads_somewhere(path, link)] == []


def leads_somewhere(page: Path, link: str) -> bool:
    """The file is there, and so is the heading."""
    there, _, anchor = link.partition("#")
    target = (page.parent / there).resolve() if there else page
    return target.exists() and (not anchor or anchor in anchors(target))


@every_page
def test_a_page_begins_with_its_only_title(path: Path) -> None:
    levels = [level for level, _words in headings(path)]

    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", TRANSLATED)
def test_both_languages_have_the_same_structure(page: str) -> None:
    english, italian = ([level for level, _words in headings(ROOT / "docs" / each / page)] for each in LANGUAGES)

    assert english == italian


def test_the_first_page_leads_to_every_page_of_the_manual() -> None:
    reached = {(ROOT / link.partition("#")[0]).resolve() for link in links(ROOT / "README.md") if "://" not in link}
    manual = {path for path in PAGES if path.is_relative_to(ROOT / "docs")}

    assert manual - reached == set()
