"""The stylesheets of the house, in the order in which their layers are declared."""

from __future__ import annotations

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


def stylesheets() -> SafeString:
    """One `<link>` each: no `@import`, which would make the browser ask for them one after the other."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in STYLESHEETS))
