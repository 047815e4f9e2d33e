"""Sending a post: only what fits, with every picture described, and never without a way back."""

from __future__ import annotations

import re
import uuid

from django.utils.translation import gettext_lazy as _

from corale.channels.audiences import narrowest
from corale.conversations.actions.posting import post
from corale.conversations.errors import CannotAnswer, TooLong
from corale.conversations.models import Message
from corale.respond.actions.sending import uploads_of
from corale.respond.errors import Refused
from corale.respond.posts import NewPost
from corale.respond.words import CANNOT_ANSWER, NOTHING_SAID, too_long

NAMES = re.compile(r"@\w")
NOBODY_NAMED = _("Direct goes only to whoever is named in it: write their handle, such as @carla@example.org.")
ONE_OPTION = _("A poll has at least two answers to choose from.")
CANNOT_POST = {
    "channel": _("Nothing new can be said on this channel from here."),
    "disconnected": CANNOT_ANSWER["disconnected"],
    "empty": NOTHING_SAID,
}


def check(new: NewPost) -> None:
    """What stops it. Refused with what to do."""
    text, limits = new.text.strip(), new.limits
    if not text and not new.pictures:
        raise Refused(NOTHING_SAID)
    if len(new.options) == 1:
        raise Refused(ONE_OPTION)
    if new.for_whom.key == "direct" and not NAMES.search(text):
        raise Refused(NOBODY_NAMED)
    length = new.connection.adapter.measure(text)
    if limits.length and length > limits.length:
        raise Refused(too_long(length, limits.length))
    uploads_of(new.pictures, limits)


def say(new: NewPost, *, key: uuid.UUID | None = None) -> Message:
    """Puts it on its way. Refused: then nothing left."""
    check(new)
    try:
        return post(
            new.connection, new.text.strip(), by=new.me, language=new.language,
            uploads=uploads_of(new.pictures, new.limits),
            audience=narrowest(new.for_whom.key), warning=new.warning if new.takes_warning else "", poll=new.poll,
            key=key,
        )  # fmt: skip
    except CannotAnswer as problem:
        raise Refused(CANNOT_POST.get(problem.why, CANNOT_POST["channel"])) from problem
    except TooLong as problem:
        raise Refused(too_long(problem.length, problem.limit)) from problem
