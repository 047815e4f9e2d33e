"""Sending an answer: only when nothing new was said meanwhile, only what fits, and never without a way back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from corale.channels.contract import Audience, Can, Limits, Upload
from corale.channels.models import StoredFile
from corale.conversations.actions.answering import HOLD, answer
from corale.conversations.errors import CannotAnswer, TooLong
from corale.conversations.models import Conversation, Message
from corale.conversations.signing import signature, signed, signed_parts
from corale.people.models import Person
from corale.respond.actions.keeping import discard
from corale.respond.errors import NeedsChoice, Overtaken, Refused
from corale.respond.models import Draft
from corale.respond.words import ALT_TOO_LONG, CANNOT_ANSWER, NEEDS_ALT, NOTHING_SAID, too_long

MOST_NEW = 20


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as it comes from the composer. `seen` is the newest message when the composer was opened."""

    body: str
    language: str = ""
    seen: int = 0
    reply_to: Message | None = None
    split: bool = False
    audience: Audience = "public"
    warning: str | None = None
    signs: bool = True
    pictures: list[tuple[StoredFile, str]] = field(default_factory=list)
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def send(conversation: Conversation, written: Written, *, by: Person) -> list[Message]:
    """Puts the answer on its way and throws the draft away. Overtaken, NeedsChoice, Refused: then nothing left."""
    body = written.body.strip()
    if not body and not written.pictures:
        raise Refused(NOTHING_SAID)
    _guard(conversation, written)
    line = signature(conversation.connection, by) if written.signs else ""
    parts = _parts(conversation, body, line, split=written.split)
    uploads = uploads_of(written.pictures, conversation.connection.adapter.limits)
    try:
        messages = answer(
            conversation, parts, by=by, reply_to=written.reply_to, language=written.language, uploads=uploads,
            hold=HOLD, key=written.key, audience=written.audience, warning=written.warning,
        )  # fmt: skip
    except CannotAnswer as problem:
        raise Refused(CANNOT_ANSWER.get(problem.why, CANNOT_ANSWER["channel"])) from problem
    except TooLong as problem:
        raise Refused(too_long(problem.length, problem.limit)) from problem
    discard(conversation, by=by, kind=Draft.Kind.ANSWER)
    return messages


def newer(conversation: Conversation, seen: int) -> list[Message]:
    """What they or we said since."""
    said = Message.objects.filter(conversation=conversation, pk__gt=seen)
    said = said.exclude(direction=Message.Direction.NOTE).exclude(state=Message.State.PLACEHOLDER)
    return list(said.select_related("identity", "by", "delivery").order_by("written_at", "id")[:MOST_NEW])


def _guard(conversation: Conversation, written: Written) -> None:
    """Stops before somebody answers what was answered already, or what is no longer the question."""
    if Message.objects.filter(delivery__key=written.key).exists():
        return  # the same answer once more: a second click, a page sent again
    if new := newer(conversation, written.seen):
        raise Overtaken(new)


def _parts(conversation: Conversation, body: str, line: str, *, split: bool) -> list[str]:
    """What leaves, one part or several, with the signature under the last."""
    adapter = conversation.connection.adapter
    limit, whole = adapter.limits.length, signed(body, line)
    if not limit or (length := adapter.measure(whole)) <= limit:
        return [whole]
    if Can.SPLIT not in adapter.can:
        raise Refused(too_long(length, limit))
    parts = signed_parts(adapter.split(body), line, lambda text: adapter.measure(text) <= limit)
    if not split:
        raise NeedsChoice(parts, length, limit)
    return parts


def uploads_of(pictures: list[tuple[StoredFile, str]], limits: Limits) -> list[Upload]:
    """Files with the words that describe them. Refused where words are missing, or are too many for the channel."""
    for _file, alt in pictures:
        if not alt.strip():
            raise Refused(NEEDS_ALT)
        if limits.alt_text and len(alt) > limits.alt_text:
            raise Refused(ALT_TOO_LONG % {"count": limits.alt_text})
    return [Upload(str(file.path), file.mime, alt.strip(), file.width, file.height) for file, alt in pictures]
