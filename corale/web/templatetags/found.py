"""`{% load found %}`: the messages that were found."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from corale.web.finding import Asked
from corale.web.lines import as_html
from corale.web.messages import FoundMessage

register = template.Library()


@register.simple_tag
def found_lines(messages: list[FoundMessage], asked: Asked) -> SafeString:
    """The lines of the page."""
    return as_html(messages, asked)
