"""`{% load found %}`: a message that was found: who said it, and the passage with the words."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corale.conversations.models import Message
from corale.design.faces import face
from corale.design.words import highlighted
from corale.lib.text import balanced, fold
from corale.respond import faces
from corale.web.finding import Asked

register = template.Library()
LENGTH, BEFORE = 220, 60  # characters


@register.simple_tag
def message_name(message: Message) -> str:
    """The colleague for what is ours, else the name they go by there."""
    if message.by is not None:
        return str(message.by)
    identity = message.identity
    return ((identity.name or identity.handle) if identity else "") or _("Somebody")


@register.simple_tag
def message_face(message: Message) -> SafeString:
    """As in the list: of colleagues without a badge."""
    identity = None if message.by else message.identity
    picture = faces.of(identity) if identity else getattr(message.by, "avatar_url", "")
    key = message.by_id or (identity.person_id if identity else None)
    return face(message_name(message), src=picture, channel=identity.platform if identity else "", key=key)


@register.simple_tag
def passage(message: Message, asked: Asked) -> SafeString:
    """The part of the words in which the first match stands, marked and safe."""
    return highlighted(balanced(around(message.text, asked)), asked.shown)


def around(text: str, asked: Asked) -> str:
    """Some words before the match and some after; the beginning when it stands there."""
    text = " ".join(text[:20_000].split())
    if len(text) <= LENGTH:
        return text
    plain = fold(text)  # as long as the text but for rare letters, which is near enough
    wanted = (re.search(rf"\b{re.escape(' '.join(term.words))}", plain) for term in asked.terms if not term.excluded)
    places = [found.start() for found in wanted if found]
    start = max(0, min(places, default=0) - BEFORE)
    start = text.find(" ", start) + 1 if start else 0
    end = text.rfind(" ", start, start + LENGTH) if start + LENGTH < len(text) else len(text)
    end = end if end > start else start + LENGTH
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
