"""`{% load public %}`: small readings of what others said."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template

from corale.adapters.activitypub import addresses
from corale.channels.models import StoredFile

register = template.Library()


@register.filter
def host(address: str) -> str:
    """Where an address leads, without the rest of it."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


@register.filter
def picture_address(file: StoredFile) -> str:
    """Where a picture of ours is shown."""
    return addresses.picture(file)
