"""The menu of the frame: rooms register their entries, everybody sees those that are theirs to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, Any] = {"desk": _("Desk"), "company": _("Company"), "settings": _("Settings")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place one can go to. `query` is for entries that are the same page, seen differently: `view=mine`."""

    key: str
    label: Any
    url_name: str
    icon: str
    order: int = 100
    shortcut: str = ""
    group: str = "desk"
    permission: Callable[[Any], bool] | None = None
    badge: Callable[[Any], int | None] | None = None
    args: tuple[Any, ...] = ()
    query: str = ""
    pinned: bool = False  # stands in the bar at the bottom of a phone

    def url(self) -> str:
        """Where it leads."""
        return reverse(self.url_name, args=self.args) + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True, slots=True)
class Link:
    """An entry that belongs to somebody: a saved view, a label, a channel."""

    label: Any
    url: str
    icon: str = "dot"
    count: int | None = None
    shortcut: str = ""
    key: str = ""
    pinned: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the menu as one person sees it."""

    key: str
    label: Any
    links: list[Link] = field(default_factory=list)


_entries: dict[str, Entry] = {}
_sections: dict[str, tuple[int, Any, Callable[[Any], Iterable[Link]]]] = {}


def register(entry: Entry) -> None:
    """Add an entry; a second one with the same key takes its place."""
    _entries[entry.key] = entry


def register_section(key: str, label: Any, links: Callable[[Any], Iterable[Link]], *, order: int = 100) -> None:
    """Add a group whose links depend on the person: saved views, labels, channels."""
    _sections[key] = (order, label, links)


def entries() -> list[Entry]:
    """All entries, in their order."""
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.key))


def sections_for(person: Any, path: str = "", query: str = "") -> list[Section]:
    """The menu as this person sees it, with the entry of the page they are on marked."""
    visible = [entry for entry in entries() if entry.permission is None or entry.permission(person)]
    urls = {entry.key: url for entry in visible if (url := _address(entry))}
    here = _current(urls, path, query)
    sections = [
        Section(key, label, [_link(e, urls[e.key], person, here) for e in visible if e.group == key and e.key in urls])
        for key, label in GROUPS.items()
    ]
    own = [
        Section(key, label, list(links(person)))
        for key, (_order, label, links) in sorted(_sections.items(), key=lambda item: item[1][0])
    ]
    return [section for section in sections[:1] + own + sections[1:] if section.links]


def _link(entry: Entry, url: str, person: Any, here: str) -> Link:
    count = entry.badge(person) if entry.badge else None
    return Link(entry.label, url, entry.icon, count, entry.shortcut, entry.key, entry.pinned, entry.key == here)


def _address(entry: Entry) -> str:
    """Empty for an entry that leads nowhere; `manage.py check` tells which (checks.py)."""
    try:
        return entry.url()
    except NoReverseMatch:
        return ""


def _current(urls: dict[str, str], path: str, query: str) -> str:
    """The entry whose address is the longest beginning of where we are; its query must be part of ours."""
    asked = set(query.split("&"))
    fitting = [
        (len(url), key)
        for key, url in urls.items()
        if path.startswith(url.partition("?")[0])
        and (url.partition("?")[0] != "/" or path == "/")
        and set(filter(None, url.partition("?")[2].split("&"))) <= asked
    ]
    return max(fitting)[1] if fitting else ""
