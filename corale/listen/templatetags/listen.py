"""`{% reading line.read line.message line.is_last %}`: the quiet line under a message."""

from __future__ import annotations

from typing import Any

from django import template

from corale.conversations.models import Message
from corale.listen.names import INTENTS, SENTIMENTS
from corale.listen.shown import Shown

register = template.Library()


@register.inclusion_tag("listen/_reading.html", takes_context=True)
def reading(context: dict[str, Any], shown: Shown, message: Message, is_last: bool = False) -> dict[str, Any]:
    """What was read, how sure, why, and the form that corrects it."""
    return {
        "shown": shown, "message": message, "is_last": is_last, "moods": SENTIMENTS, "intents": INTENTS,
        "request": context["request"], "csrf_token": context.get("csrf_token"),
    }  # fmt: skip
