"""Whether a page can be used by everybody, as far as a program can tell."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    """axe-core, where scripts/bring.sh put it."""
    cache_folder = Path(os.environ.get("CORALE_TEST_CACHE") or ROOT / ".test")
    return (cache_folder / "npm/node_modules/axe-core/axe.min.js").read_text()


def assert_accessible(page: Page, *, without: tuple[str, ...] = ()) -> None:
    """No violation; `without` names rules that do not apply here. Slow: once for each kind of page is enough."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "rules": {rule: {"enabled": False} for rule in without}}
    page.wait_for_load_state()  # of half a page nothing can be said
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
    told = [f"{each['id']}: {each['help']}\n    {node['html']}\n    {node['failureSummary']}"
            for each in found for node in each["nodes"]]  # fmt: skip
    assert not told, f"{page.url} is not accessible:\n" + "\n".join(told)
