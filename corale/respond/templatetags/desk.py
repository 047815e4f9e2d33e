"""`{% load desk %}`: what people said, safely; addresses of the list; words for states."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from corale.conversations.models import Conversation
from corale.design import words
from corale.lib.text import balanced
from corale.respond import snoozes
from corale.respond.said import as_html
from corale.respond.trays import Sort
from corale.respond.where import Where

register = template.Library()

DELIVERY = {
    "held": _("Leaves in a moment"),
    "waiting": _("Waits for its turn"),
    "sending": _("Sending"),
    "sent": _("Sent"),
    "unknown": _("Perhaps sent"),
    "failed": _("Failed"),
    "cancelled": _("Taken back"),
}


@register.simple_tag
def conversation_url(here: Where, pk: int) -> str:
    """A conversation, with the list one comes from beside it."""
    return here.conversation(pk)


@register.simple_tag
def sorted_by(here: Where, sort: Sort) -> str:
    return here.sorted_by(sort)


@register.simple_tag
def shown(text: str | None) -> str:
    """Words of others on one line: no direction that was opened stays open."""
    return balanced(text or "")


@register.simple_tag
def said(text: str, facets: Any = (), people: dict[str, str] | None = None) -> SafeString:
    """Words with their links; everything else escaped."""
    return as_html(text, facets, people or {})


@register.simple_tag
def state_word(state: str) -> str | Promise:
    return Conversation.State(state).label


@register.simple_tag
def delivery_word(state: str) -> str | Promise:
    return DELIVERY.get(state, state)


@register.simple_tag
def waited(since: datetime) -> str:
    """How long somebody has been waiting for us."""
    return words.lasting(max(0.0, (timezone.now() - since).total_seconds()))


@register.simple_tag
def snooze_choices() -> list[snoozes.Choice]:
    return snoozes.choices()
