"""`{% load design %}`: icons, faces, times, fields, and small readings of what is shown."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from corale.design import assets, words
from corale.design.faces import face

register = template.Library()

register.filter("initials", words.initials)
register.filter("tone", words.tone)
register.filter("many", words.many)
register.filter("lasting", words.lasting)
register.simple_tag(words.language, name="language_word")


@register.filter
def highlight(text: Any, query: Any) -> SafeString:
    """`{{ words|highlight:query }}`: the hits of a search, marked and safe."""
    return words.highlighted(str(text or ""), str(query or ""))


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """A stroke drawing of the sprite. With a label it is read aloud, without one it is decoration."""
    return _drawn(name, str(label), size)


@lru_cache(maxsize=1024)  # a page draws two hundred of them, a tenth of its time
def _drawn(name: str, label: str, size: str) -> SafeString:
    href = f"{static('design/icons.svg')}#{name}"
    extra = f" icon--{size}" if size else ""
    if label:
        return format_html('<svg class="icon{}" role="img" aria-label="{}"><use href="{}"/></svg>', extra, label, href)
    return format_html('<svg class="icon{}" aria-hidden="true"><use href="{}"/></svg>', extra, href)


@register.simple_tag(name="time")
def time(moment: datetime | None, style: str = "ago") -> SafeString | str:
    """`<time>`: short and relative, whole and absolute on hover; `style="full"` shows the whole one."""
    if moment is None:
        return ""
    whole = words.absolute(moment)
    shown, controller = (whole, "") if style == "full" else (words.ago(moment), "relative-time")
    return mark_safe(  # noqa: S308  what translations brought is escaped
        f'<time datetime="{moment.isoformat()}" title="{escape(whole)}" data-controller="{controller}">'
        f"{escape(shown)}</time>"
    )


@register.simple_tag
def avatar(
    person: Any = None,
    *,
    name: str = "",
    src: str = "",
    size: str = "m",
    channel: str = "",
    key: Any = None,
    alt: bool = False,
) -> SafeString:
    """A face: of a person (`name`, and `avatar_url` where there is a picture), or by `name` and `src`.

    `channel` puts the small badge on it. The name stands beside nearly every face, so it is read aloud only with `alt`.
    """
    picture = src or getattr(person, "avatar_url", "")
    return face(
        name or str(getattr(person, "name", "") or person or ""),
        src=str(picture() if callable(picture) else picture or ""),
        size=size or "m",
        channel=channel,
        key=key,
        alt=alt,
    )


@register.inclusion_tag("design/components/field.html")
def field(bound: BoundField, label: str = "", help: str = "") -> dict[str, Any]:  # noqa: A002  the template's word
    """A form field with its label, its help and its errors, tied together for those who listen to the page."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or ("textarea" if "rows" in widget.attrs else "select")
    many_boxes = kind in {"checkbox", "radio"} and getattr(widget, "option_inherits_attrs", None) is not None
    ids = [f"{bound.auto_id}_help"] * bool(help or bound.help_text) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    attributes: dict[str, str | bool] = {"class": CLASSES.get(kind, "input")}
    if ids:
        attributes["aria-describedby"] = " ".join(ids)
    return {
        "field": bound,
        "label": label or bound.label,
        "help": help or bound.help_text,
        "kind": kind,
        "is_group": many_boxes,
        "control": bound.as_widget(attrs={} if many_boxes else attributes),
    }


CLASSES = {
    "checkbox": "checkbox",
    "radio": "radio",
    "select": "select",
    "textarea": "textarea",
    "file": "input input--file",
}


@register.simple_tag
def stylesheets() -> SafeString:
    """Every stylesheet of the house: one file where they were joined at build time, each its own in a clone."""
    return assets.stylesheets()
