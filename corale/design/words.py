"""Small readings of names, counts and moments, for the screen."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache

from django.conf.locale import LANG_INFO
from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

TONES = 8
MANY = 999


def initials(name: str) -> str:
    """First letters of the first and last name: `Carla Bianchi` → CB; `@carla.example` → C; nothing → ·"""
    words = [word for word in re.split(r"[\s._@-]+", name.strip()) if word[:1].isalnum()]
    letters = [
        word[0].upper() for word in ([words[0], words[-1]] if len(words) > 1 and " " in name.strip() else words[:1])
    ]
    return "".join(letters) or "·"


def tone(key: object) -> int:
    """One of eight calm colours, the same for the same name everywhere and always."""
    return zlib.crc32(str(key).strip().casefold().encode()) % TONES + 1


def many(count: int | None) -> str:
    """Exact to 999, then `999+`."""
    return "" if not count else str(count) if count <= MANY else f"{MANY}+"


def ago(moment: datetime, now: datetime | None = None) -> str:
    """`now`, `5 min`, `3 h`, then the weekday within a week, the date after it, the year when it is another."""
    now = now or timezone.now()
    seconds = int((now - moment).total_seconds())
    if -60 < seconds < 60:
        return gettext("now")
    if seconds < 0:
        return absolute(moment)
    if seconds < 3600:
        return gettext("%(count)s min") % {"count": seconds // 60}
    if seconds < 24 * 3600:
        return gettext("%(count)s h") % {"count": seconds // 3600}
    if seconds < 7 * 24 * 3600:
        return _written(moment, "D")
    same_year = timezone.localtime(moment).year == timezone.localtime(now).year
    return _written(moment, "MONTH_DAY_FORMAT" if same_year else "SHORT_DATE_FORMAT")


def language(code: str) -> str:
    """A language by its own name."""
    return str(LANG_INFO.get(code, {}).get("name_local", code))


def absolute(moment: datetime) -> str:
    """The whole date and time in the reader's own zone and language."""
    return _written(moment, "DATETIME_FORMAT")


def _written(moment: datetime, form: str) -> str:
    return _known(moment, form, get_language(), timezone.get_current_timezone())


@lru_cache(maxsize=8192)  # the same rows stand on page after page, and writing their times was a quarter of a list
def _known(moment: datetime, form: str, language: str | None, zone: tzinfo) -> str:
    return formats.date_format(timezone.localtime(moment, zone), form)


def lasting(seconds: float) -> str:
    """A length of time in its largest unit: `40 s`, `12 min`, `3.5 h`, `2 days`."""
    if seconds < 60:
        return gettext("%(count)s s") % {"count": round(seconds)}
    if seconds < 3600:
        return gettext("%(count)s min") % {"count": round(seconds / 60)}
    if seconds < 48 * 3600:
        hours = seconds / 3600
        shown = formats.number_format(round(hours) if hours >= 10 else round(hours, 1))
        return gettext("%(count)s h") % {"count": shown.removesuffix(".0").removesuffix(",0")}
    days = round(seconds / 86400)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def highlighted(text: str, query: str) -> SafeString:
    """The text with the words of the query marked, accents and case ignored; everything escaped."""
    plain, origin = _flat(text)
    words = {_folded(word) for word in re.findall(r"\w+", query) if len(word) > 1} - {""}
    hits = [  # a search finds whole words or beginnings
        (origin[hit.start()], origin[hit.end() - 1] + 1)
        for word in words
        for hit in re.finditer(rf"(?<!\w){re.escape(word)}", plain)
    ]
    return mark_safe(_pieces(text, sorted(hits)))  # noqa: S308  every piece is escaped


@lru_cache(maxsize=4096)  # letter by letter, and most are the same
def _folded(text: str) -> str:
    if text.isascii():
        return text.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _flat(text: str) -> tuple[str, Sequence[int]]:
    """Folding may change lengths (ß → ss): remember which character each folded one came from."""
    if text.isascii():
        return text.casefold(), range(len(text))
    folded = [_folded(character) for character in text]
    return "".join(folded), [index for index, piece in enumerate(folded) for _ in piece]


def _pieces(text: str, hits: list[tuple[int, int]]) -> str:
    """What touches or overlaps is one mark."""
    out, done = [], 0
    while hits:
        start, end = hits.pop(0)
        while hits and hits[0][0] <= end:
            end = max(end, hits.pop(0)[1])
        out.append(f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>")
        done = end
    return "".join(out) + escape(text[done:])
