"""What rooms may put into the frame besides the menu: banners above the page, and the search of the palette."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

Banner = Callable[[HttpRequest], str | None]

_banners: list[Banner] = []
_palette_search: list[str] = []


def register_banner(banner: Banner) -> None:
    """`banner(request)` names the template shown above every page, or None when there is nothing to say now."""
    if banner not in _banners:
        _banners.append(banner)


def register_palette_search(url_name: str) -> None:
    """The address that answers `?q=` with `<li><a href>` pieces for the palette."""
    _palette_search[:] = [url_name]


def banners_for(request: HttpRequest) -> list[str]:
    """The templates of the banners that have something to say now."""
    return [template for banner in _banners if (template := banner(request))]


def palette_search() -> str:
    """The name of the registered address, or nothing."""
    return _palette_search[0] if _palette_search else ""
