"""Taking back: a change of state for ten seconds, an answer for fifteen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from corale.channels.models import StoredFile
from corale.conversations.actions.answering import HOLD, asked_in, cancel
from corale.conversations.actions.undoing import Before, put_back
from corale.conversations.models import Conversation, Message
from corale.conversations.signing import signature, unsigned
from corale.people.models import Person
from corale.respond import undo
from corale.respond.actions.keeping import keep
from corale.respond.models import Draft

SECONDS = 10.0
TAKEN_BACK = "respond_post"  # in the session: what the page begins with


def offer_back(request: HttpRequest, text: str, changed: Iterable[tuple[Before, int]]) -> str:
    """Offers to put conversations back; each with the version it has now."""
    return undo.offer(request, text, seconds=SECONDS, act="state", data=[before.packed(now) for before, now in changed])


def offer_unsend(request: HttpRequest, text: str, message: Message, before: Before) -> str:
    """Offers to take an answer back while it is held."""
    data = {"message": message.pk, "before": before.packed(0)}
    return undo.offer(request, text, seconds=HOLD, act="answer", data=data)


def offer_unpost(request: HttpRequest, text: str, message: Message) -> str:
    """Offers to take a post back while it is held; everything that was written stays for the page."""
    return undo.offer(request, text, seconds=HOLD, act="post", data={"message": message.pk})


def put_all_back(data: list[list[Any]], *, by: Person) -> tuple[int, int]:
    """How many were put back, and how many stayed because somebody has touched them since."""
    results = [put_back(Before(*packed), by=by, bulk=len(data) if len(data) > 1 else 0) for packed in data]
    return sum(results), len(results) - sum(results)


def unsend(message: Message, *, by: Person, before: Before | None = None) -> Conversation:
    """The words go back into the composer, the conversation to what it was. TooLate when they have left."""
    conversation = asked_in(message)
    pictures = _pictures(message)
    language = message.language
    text = unsigned(cancel(message, by=by), signature(conversation.connection, by))
    draft = Draft.objects.filter(conversation=conversation, person=by, kind=Draft.Kind.ANSWER).first()
    body = f"{text}\n\n{draft.body}" if draft and draft.body.strip() else text
    more: dict[str, Any] = {name: message.extras[name] for name in ("audience", "warning") if name in message.extras}
    more |= {"pictures": pictures} if pictures else {}
    keep(conversation, by=by, kind=Draft.Kind.ANSWER, body=body, language=language, **more)
    conversation.refresh_from_db()
    if before is not None:
        put_back(replace(before, version=conversation.version), by=by)
    return conversation


def _pictures(message: Message) -> list[dict[str, Any]]:
    names = {str(each.get("stored", "")).rpartition("/")[2]: each.get("alt", "") for each in message.attachments}
    names.pop("", None)
    files = StoredFile.objects.filter(sha256__in=list(names)) if names else []
    return [{"file": file.pk, "alt": names[file.sha256]} for file in files]
