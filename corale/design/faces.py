"""A face, as markup. Written here and not in a template: a list shows a hundred of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from corale.design import words

SIZES = frozenset({"xs", "s", "m", "l", "xl"})


def face(
    name: str, *, src: str = "", size: str = "m", channel: str = "", key: Any = None, alt: bool = False
) -> SafeString:
    """A round picture, or initials in the name's own calm colour; the channel as a badge.

    `key` tells the nameless apart.
    """
    shown = (
        f'<img class="avatar__face" src="{escape(src)}" alt="" loading="lazy" decoding="async">'
        if src
        else f'<span class="avatar__initials">{escape(words.initials(name))}</span>'
    )
    spoken = f'role="img" aria-label="{escape(name)}"' if alt and name else 'aria-hidden="true"'
    tone = words.tone(name or key or "")
    size = size if size in SIZES else "m"
    return mark_safe(  # noqa: S308  every piece that comes from outside is escaped
        f'<span class="avatar avatar--{size} avatar--tone-{tone}" {spoken}>{shown}{_badge(channel)}</span>'
    )


def _badge(channel: str) -> str:
    if not channel:
        return ""
    return _drawn_badge(channel)


@cache
def _drawn_badge(channel: str) -> str:
    plain = escape(channel)
    drawing = f'<svg class="icon" aria-hidden="true"><use href="{static("design/icons.svg")}#{plain}"/></svg>'
    return f'<span class="avatar__channel avatar__channel--{plain}">{drawing}</span>'
