"""What every page of the frame needs; computed only when a template asks, so a part of a page costs nothing."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language_info

from corale.design import frame as registry
from corale.design.menu import Link, Section, sections_for
from corale.design.preferences import Preferences


class Frame:
    """The frame around a page, as this person sees it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def person(self) -> Any:
        """The colleague who asks, or None before signing in (and on an error page that never got so far)."""
        return getattr(self.request, "person", None)

    @cached_property
    def menu(self) -> list[Section]:
        """The entries this person may see; empty for those who have not signed in."""
        if not self.person:
            return []
        # A part that is fetched again (the counts) must mark the page it stands on, not its own address.
        here = urlsplit(self.request.headers.get("HX-Current-URL", "") or self.request.get_full_path())
        return sections_for(self.person, here.path, here.query)

    @cached_property
    def pinned(self) -> list[Link]:
        """The few entries at the bottom of a phone."""
        links = [link for section in self.menu for link in section.links]
        return ([link for link in links if link.pinned] or links)[:4]

    @cached_property
    def preferences(self) -> Preferences:
        return Preferences.of(self.request)

    @cached_property
    def banners(self) -> list[str]:
        return registry.banners_for(self.request)

    @cached_property
    def languages(self) -> list[dict[str, Any]]:
        """The languages of the product, each under its own name."""
        return [{"code": code, "name": get_language_info(code)["name_local"]} for code, _name in settings.LANGUAGES]

    @cached_property
    def search_url(self) -> str:
        """Where the palette searches; empty while no room offers a search."""
        try:
            return reverse(registry.palette_search()) if registry.palette_search() else ""
        except NoReverseMatch:
            return ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame` in every template."""
    return {"frame": Frame(request)}
