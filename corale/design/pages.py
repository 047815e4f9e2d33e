"""One view, two answers: the whole page, or the part of it that changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; when htmx asks and there is a `part`, only `_part.html` beside the template.

    Going back in the history asks for the whole page again, and htmx says so: that is answered with the page.
    """
    wants_part = part is not None and asks_for_part(request)
    response = render(
        request, part_beside(template, str(part)) if wants_part else template, dict(context or {}), status=status
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def asks_for_part(request: HttpRequest) -> bool:
    """True when htmx asks for a piece of the page that is already there."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def part_beside(template: str, part: str) -> str:
    """`respond/inbox.html`, `rows` → `respond/_rows.html`."""
    return str(PurePosixPath(template).with_name(f"_{part}.html"))
