"""`{% load desk %}`: what people said, safely; addresses of the list; words for states."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from corale.conversations.models import Conversation, Message
from corale.design import words
from corale.design.templatetags.design import icon
from corale.lib.text import balanced
from corale.respond import snoozes
from corale.respond.audiences import Shown
from corale.respond.audiences import shown as shown_to
from corale.respond.lines import as_html as lines_as_html
from corale.respond.rows import Row
from corale.respond.said import as_html
from corale.respond.trays import Sort
from corale.respond.where import Where
from corale.respond.words import DELIVERY, DELIVERY_ICONS

register = template.Library()

SIGNS = {"like": "heart", "repost": "repeat", "follow": "follow", "quote": "quote"}
AFFILIATIONS = {"employee": _("works here"), "customer": _("customer"), "supplier": _("supplier")}


@register.simple_tag
def conversation_url(here: Where, pk: int) -> str:
    """A conversation, with the list one comes from beside it."""
    return here.conversation(pk)


@register.simple_tag
def lines(rows: list[Row], here: Where, current: int | None = None) -> SafeString:
    """The lines of the list."""
    return lines_as_html(rows, here, current or 0)


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


@register.filter
def with_whom(conversation: Conversation) -> str:
    """The name that it goes by; a post of ours that nobody has answered has nobody's."""
    if conversation.person is not None:
        return str(conversation.person)
    return gettext("Somebody") if conversation.last_inbound_id else gettext("Our post")


@register.simple_tag
def audience(message: Message, conversation: Conversation) -> Shown:
    """Who may read a message; what says nothing of it is as open as its conversation."""
    return shown_to(message.extras.get("audience") or ("direct" if conversation.direct else "public"))


@register.simple_tag
def delivery_word(state: str) -> str | Promise:
    return DELIVERY.get(state, state)


@register.simple_tag
def delivery_icon(state: str) -> SafeString:
    return icon(DELIVERY_ICONS.get(state, "clock"))


@register.simple_tag
def reaction(kind: str, count: int) -> SafeString:
    """A sign and a sentence: 3 like this."""
    return format_html("{}<span>{}</span>", icon(SIGNS.get(kind, "dot")), _counted(kind, count))


def _counted(kind: str, count: int) -> str:
    words = {"count": count}
    if kind == "like":
        return ngettext("%(count)s likes this", "%(count)s like this", count) % words
    if kind == "repost":
        return ngettext("%(count)s passed it on", "%(count)s passed it on", count) % words
    return ngettext("%(count)s quote", "%(count)s quotes", count) % words


@register.simple_tag
def reaction_icon(kind: str) -> SafeString:
    return icon(SIGNS.get(kind, "dot"))


@register.simple_tag
def tie(kind: str, count: int) -> SafeString:
    """What one person did with what we are and say: follows us, 3 likes."""
    return format_html("{}<span>{}</span>", icon(SIGNS.get(kind, "dot")), _done(kind, count))


def _done(kind: str, count: int) -> str:
    words = {"count": count}
    if kind == "follow":
        return gettext("Follows us")
    if kind == "like":
        return ngettext("%(count)s like", "%(count)s likes", count) % words
    if kind == "repost":
        return ngettext("%(count)s repost", "%(count)s reposts", count) % words
    return ngettext("%(count)s quote", "%(count)s quotes", count) % words


@register.simple_tag
def affiliation_word(kind: str) -> str | Promise:
    return AFFILIATIONS.get(kind, kind)


@register.simple_tag
def earlier_url(here: Where, pk: int, before: int) -> str:
    """The thread, from before a message."""
    return _asking(here, pk, before=before)


@register.simple_tag
def whole_url(here: Where, pk: int, message: int) -> str:
    """The thread, with all of one long message."""
    return _asking(here, pk, whole=message)


@register.simple_tag
def reply_url(here: Where, pk: int, message: int) -> str:
    """The composer, set to answer this one."""
    return _asking(here, pk, reply=message)


def _asking(here: Where, pk: int, **more: int) -> str:
    url = here.conversation(pk)
    return f"{url}{'&' if '?' in url else '?'}{urlencode(more)}"


@register.simple_tag
def waited(since: datetime) -> str:
    """How long somebody has been waiting for us."""
    return words.lasting(max(0.0, (timezone.now() - since).total_seconds()))


@register.simple_tag
def snooze_choices() -> list[snoozes.Choice]:
    return snoozes.choices()
