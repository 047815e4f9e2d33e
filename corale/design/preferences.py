"""How somebody likes their pages. Kept in cookies: they belong to this screen, and hold before one has signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 3600
CHOICES = {
    "theme": ("auto", "light", "dark"),
    "keys": ("on", "off"),
    "navigation": ("wide", "narrow"),
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """Theme, single-letter keys, width of the navigation; the first of each kind of choice unless chosen."""

    theme: str = "auto"
    keys: str = "on"
    navigation: str = "wide"

    @classmethod
    def of(cls, request: HttpRequest) -> Preferences:
        """What the cookies say, as far as they say something we know."""
        found = {name: request.COOKIES.get(_cookie(name), "") for name in CHOICES}
        return cls(**{name: value for name, value in found.items() if value in CHOICES[name]})


def keep(response: HttpResponse, name: str, value: str) -> None:
    """Remember one choice for a year; what is not a choice is not kept."""
    if value in CHOICES.get(name, ()):
        response.set_cookie(
            _cookie(name), value, max_age=YEAR, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
        )


def _cookie(name: str) -> str:
    return f"corale_{name}"
