"""Words in lists that reach wider than one conversation: a theme, a decision, the rows behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from corale.conversations.models import Conversation, Message
from corale.conversations.policies import may_see_everything
from corale.people.models import Person


def withhold(messages: Iterable[Message], me: Person) -> None:
    """What was said in private keeps its place in the list, and loses its words for those who may not see it. The
    objects are changed, not their rows. One query; none for whoever sees everything."""
    shown = [message for message in messages if message is not None]
    if may_see_everything(me) or not shown:
        return
    there = {message.conversation_id for message in shown}
    visible = set(Conversation.objects.visible_to(me).filter(pk__in=there).values_list("pk", flat=True))
    for message in shown:
        if message.conversation_id not in visible:
            message.text, message.extras, message.language = _("Said in private."), {}, ""
