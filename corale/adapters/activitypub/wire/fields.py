"""Values out of other people's JSON: of the kind we expect and of a size we keep, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from corale.adapters.activitypub.wire.things import Thing, each, names
from corale.channels.text import plain

ADDRESS = 500  # characters of an id
LINK = 4_000  # of what is only shown
NAME = 300
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def uris(value: object, *, most: int = ADDRESS) -> Iterator[str]:
    """The addresses in it, those that are some."""
    for found in names(value):
        if len(found) <= most and found[:8].lower().startswith(("https://", "http://")) and not _UNFIT.search(found):
            yield found


def uri(value: object, *, most: int = ADDRESS) -> str:
    """The first address in it; "" when there is none."""
    return next(uris(value, most=most), "") if value else ""


def link(value: object) -> str:
    """A web address to show, the page for people before any other; "" when there is none. Some write it as HTML."""
    pages = [found for found in each(value) if isinstance(found, dict) and found.get("mediaType") == "text/html"]
    found = uri(pages, most=LINK) or uri(value, most=LINK)
    return found.replace("&#038;", "&").replace("&amp;", "&")


@lru_cache(maxsize=4_096)
def host(address: str) -> str:
    """The host (with its port, where it is not the usual one) in small letters; "" where there is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    name = (parts.hostname or "").rstrip(".")
    return f"{name}:{port}" if name and port and port != usual else name


def same_host(one: str, other: str) -> bool:
    """Both live on the same server: what one of them says about the other can be believed."""
    return bool(host(one)) and host(one) == host(other)


def words(thing: Thing, name: str, *, most: int = NAME) -> tuple[str, str]:
    """A text and its language ("" when unsaid): `content` or what `contentMap` says, in any of their shapes."""
    said, language = _said(thing.get(name))
    mapped = _mapped(thing.get(f"{name}Map"))
    if not said and mapped:
        language, said = mapped[0]
    elif not language:
        language = next((tongue for tongue, other in mapped if other == said), "") or _only(mapped)
    return cut(plain(said), most), language


def text(thing: Thing, name: str, *, most: int = NAME) -> str:
    """A text without its language, on one line."""
    return " ".join(words(thing, name, most=most)[0].split())


def _said(value: object) -> tuple[str, str]:
    first, spoken = "", ""
    for found in each(value)[:50]:
        inner = found.get("@value") if isinstance(found, dict) else found
        if isinstance(inner, str) and inner and first in ("", inner):
            first = inner
            spoken = spoken or (tongue(found.get("@language")) if isinstance(found, dict) else "")
    return first, spoken


def _mapped(value: object) -> list[tuple[str, str]]:
    if not isinstance(value, dict):
        return []
    return [(tongue(name), said) for name, inner in list(value.items())[:50] if (said := _said(inner)[0])]


def _only(mapped: list[tuple[str, str]]) -> str:
    return mapped[0][0] if len(mapped) == 1 else ""


def tongue(value: object) -> str:
    """A language as BCP 47 writes it; "" for none and for "undetermined"."""
    if isinstance(value, dict):  # Lemmy and PeerTube: {"identifier": "it", "name": "Italiano"}
        value = value.get("identifier")
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value) or value.lower() in {"und", "zxx", "mis", "mul"}:
        return ""
    return value[:12]


def cut(said: str, most: int) -> str:
    """At most so many characters; what is cut says so."""
    return said if len(said) <= most else said[: most - 1] + "…"


def number(value: object) -> int:
    """A positive whole number, or 0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 31 else 0


def moment(value: object) -> datetime | None:
    """A time with its zone, in UTC. Some write nonsense, or years in which nobody lives."""
    if not isinstance(value := _said(value)[0], str) or not value or len(value) > 64:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if 1970 <= found.year <= 9000 else None
