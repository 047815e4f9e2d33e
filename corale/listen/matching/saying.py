"""One thing said, as queries look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from corale.listen.matching.wanted import above, author, site
from corale.search.query import tokens


@dataclass
class Saying:
    """`text` is what the search index reads too. The language is asked for only where a query wants one."""

    id: int
    text: str
    channel: str = ""
    identity: int | None = None
    handles: tuple[str, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)
    declared: str = ""
    said_at: datetime | None = None
    received_at: datetime | None = None
    tell: Callable[[str], str] = lambda _text: ""

    @cached_property
    def words(self) -> str:
        """Folded, each between two spaces: a word is found only whole."""
        return f" {' '.join(tokens(self.text))} "

    @cached_property
    def authors(self) -> frozenset[str]:
        return frozenset(filter(None, map(author, self.handles)))

    @cached_property
    def sites(self) -> frozenset[str]:
        """The hosts of its links, and every domain above them."""
        addresses = [each.get("value") for each in self.extras.get("facets", ()) if each.get("kind") == "link"]
        addresses += [each.get("url") for each in self.extras.get("attachments", ()) if each.get("kind") == "link"]
        return frozenset(domain for address in addresses if address for domain in above(site(str(address))))

    @cached_property
    def language(self) -> str:
        """Two letters: as its author said, else as it reads; "" when neither is known."""
        return self.declared[:2].lower() or self.tell(self.text)
