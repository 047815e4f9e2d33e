"""Markdown of colleagues as safe HTML."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from corale.lib.html import clean

_reader = MarkdownIt("commonmark", {"html": False})


def as_html(text: str) -> SafeString:
    """Rendered without raw HTML, and cleaned all the same."""
    return mark_safe(clean(_reader.render(text)))  # noqa: S308  cleaned
