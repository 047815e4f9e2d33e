"""The line above every page while the demo company is here."""

from __future__ import annotations

from django.http import HttpRequest

from corale.demo import molino


def banner(request: HttpRequest) -> str | None:
    """Its template, for those who have signed in."""
    if getattr(request, "person", None) is None or not molino.is_loaded():
        return None
    return "demo/_banner.html"
