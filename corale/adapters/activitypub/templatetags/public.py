"""`{% load public %}`: small readings of what others said."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.filter
def host(address: str) -> str:
    """Where an address leads, without the rest of it."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
