"""`manage.py check`: every entry of the menu leads somewhere."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.urls import NoReverseMatch

from corale.design import menu


def menu_leads_somewhere(**_kwargs: Any) -> list[checks.CheckMessage]:
    """An entry without a page is left out of the menu, and told here."""
    return [
        checks.Warning(f"The menu entry “{entry.key}” leads nowhere: {entry.url_name}.", id="design.W001")
        for entry in menu.entries()
        if not _leads_somewhere(entry)
    ]


def _leads_somewhere(entry: menu.Entry) -> bool:
    try:
        return bool(entry.url())
    except NoReverseMatch:
        return False
