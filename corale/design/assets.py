"""The stylesheets of the house, in the order in which their layers are declared."""

from __future__ import annotations

from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COMPONENTS = (
    "avatar",
    "badge",
    "banner",
    "button",
    "byline",
    "chips",
    "composer",
    "desk",
    "dialog",
    "disclosure",
    "empty",
    "field",
    "form",
    "keys",
    "menu",
    "message",
    "navigation",
    "palette",
    "pagination",
    "person",
    "plot",
    "progress",
    "row",
    "skip",
    "steps",
    "table",
    "tabs",
    "toast",
)
STYLESHEETS = (
    "design/layers.css",
    "design/fonts.css",
    "design/tokens.css",
    "design/base.css",
    "design/layout.css",
    *(f"design/components/{name}.css" for name in COMPONENTS),
    "design/utilities.css",
    "design/print.css",
)


JOINED = "design/all.css"
"""All of them in one file, written when files are collected; in the same folder, so that its addresses stay true."""


def stylesheets() -> SafeString:
    """One `<link>`, or in a clone one each: no `@import`, which would make the browser ask for one after the other."""
    joined = getattr(staticfiles_storage, "hashed_files", {}).get(JOINED)
    paths = (JOINED,) if joined else STYLESHEETS
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in paths))
