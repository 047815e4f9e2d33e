"""What the head of a page says of it: to search engines, to those who show a preview, to other servers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator

from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.document import name_of
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.views.accepting import ACTIVITY


@dataclass(frozen=True, slots=True)
class Link:
    """Another form of the same thing."""

    rel: str
    type: str
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """Whose pages these are."""

    name: str
    handle: str
    url: str
    picture: str = ""
    is_indexable: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """One page."""

    title: str
    description: str
    url: str
    site: str
    type: str = "website"
    picture: str = ""
    picture_alt: str = ""
    is_large: bool = False
    is_indexable: bool = False
    published: datetime | None = None
    creator: str = ""
    links: tuple[Link, ...] = ()


def house() -> House | None:
    """The company as it stands above every public page; None while it is not on the fediverse."""
    brand = own.brand()
    if brand is None or own.connection() is None:
        return None
    picture = addresses.picture(brand.picture) if brand.picture is not None else ""
    return House(name_of(brand), brand.handle, addresses.page(brand.name), picture, brand.is_indexable)


def as_activity(uri: str) -> Link:
    """The same for machines."""
    return Link("alternate", ACTIVITY, uri)


def as_feed(actor: Actor) -> Link:
    """What is new, for those who read feeds."""
    return Link("alternate", "application/atom+xml", addresses.feed(actor.name), name_of(actor))


def short(text: str, length: int = 200) -> str:
    """On one line, whole words."""
    return Truncator(" ".join(text.split())).chars(length)
