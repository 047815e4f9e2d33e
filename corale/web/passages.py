"""The passage of a message in which the words stand."""

from __future__ import annotations

import re

from django.utils.safestring import SafeString

from corale.design.words import highlighted
from corale.lib.text import balanced, fold
from corale.web.finding import Asked

LENGTH, BEFORE = 220, 60  # characters


def passage(text: str, asked: Asked) -> SafeString:
    """The part of the words in which the first match stands, marked and safe."""
    return highlighted(balanced(around(text, asked)), asked.shown)


def around(text: str, asked: Asked) -> str:
    """Some words before the match and some after; the beginning when it stands there."""
    text = " ".join(text[:20_000].split())
    if len(text) <= LENGTH:
        return text
    plain = fold(text)  # as long as the text but for rare letters, which is near enough
    wanted = (re.search(rf"\b{re.escape(' '.join(term.words))}", plain) for term in asked.terms if not term.excluded)
    places = [found.start() for found in wanted if found]
    start = max(0, min(places, default=0) - BEFORE)
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", start, start + LENGTH) if start + LENGTH < len(text) else len(text)
    end = end if end > start else start + LENGTH
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
