"""Drafts: what has been written so far is kept, whatever somebody else does."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from corale.channels.actions.pictures import NotAPicture, keep_picture
from corale.channels.contract import Can
from corale.channels.models import StoredFile
from corale.conversations.models import Conversation
from corale.live import publish
from corale.people.models import Person
from corale.respond.errors import Refused
from corale.respond.models import Draft
from corale.respond.words import NOT_A_PICTURE, TOO_MANY_PICTURES

LONGEST = 100_000
SIDE = 2000


@transaction.atomic
def keep(
    conversation: Conversation,
    *,
    by: Person,
    kind: str,
    body: str,
    language: str = "",
    seen: int | None = None,
    **extras: Any,
) -> Draft | None:
    """Keeps the words; without words and pictures there is no draft. `extras` add to what it already holds."""
    found = Draft.objects.filter(conversation=conversation, person=by, kind=kind)
    draft = found.select_for_update().first() or Draft(conversation=conversation, person=by, kind=kind)
    is_new = draft.pk is None
    draft.body = body[:LONGEST].replace("\x00", "")
    draft.extras = {**draft.extras, **extras}
    if not draft.body.strip() and not draft.extras.get("pictures"):
        if not is_new:
            draft.delete()
            publish("counts", {})
        return None
    draft.language, draft.saved_at = language[:12], timezone.now()
    draft.seen_message_id = seen if seen is not None else draft.seen_message_id
    draft.save()
    if is_new:
        publish("counts", {})
    return draft


@transaction.atomic
def discard(conversation: Conversation, *, by: Person, kind: str) -> None:
    """Throws the draft away."""
    if Draft.objects.filter(conversation=conversation, person=by, kind=kind).delete()[0]:
        publish("counts", {})


def attach(conversation: Conversation, content: bytes, *, by: Person) -> Draft | None:
    """Adds a picture to the answer: drawn again, so that nothing but the picture leaves. Refused with what to do."""
    adapter = conversation.connection.adapter
    draft = Draft.objects.filter(conversation=conversation, person=by, kind=Draft.Kind.ANSWER).first()
    pictures = list(draft.extras.get("pictures", [])) if draft else []
    if Can.IMAGES not in adapter.can or len(pictures) >= adapter.limits.images:
        raise Refused(TOO_MANY_PICTURES % {"count": adapter.limits.images})
    try:
        file = keep_picture(content, side=SIDE)
    except NotAPicture as problem:
        raise Refused(NOT_A_PICTURE) from problem
    if all(picture["file"] != file.pk for picture in pictures):
        pictures.append({"file": file.pk, "alt": ""})
    return _with_pictures(conversation, by, draft, pictures)


def detach(conversation: Conversation, file_id: int, *, by: Person) -> Draft | None:
    """Takes a picture off."""
    draft = Draft.objects.filter(conversation=conversation, person=by, kind=Draft.Kind.ANSWER).first()
    pictures = [picture for picture in draft.extras.get("pictures", []) if picture["file"] != file_id] if draft else []
    return _with_pictures(conversation, by, draft, pictures)


def describe(pictures: list[dict[str, Any]], said: dict[int, str]) -> list[dict[str, Any]]:
    """The pictures with the words that were written for each."""
    return [{**picture, "alt": said.get(picture["file"], picture["alt"])[:5000]} for picture in pictures]


def files_of(draft: Draft | None) -> list[tuple[StoredFile, str]]:
    """The pictures of a draft and their words, in order."""
    pictures = draft.extras.get("pictures", []) if draft else []
    files = StoredFile.objects.in_bulk([picture["file"] for picture in pictures]) if pictures else {}
    return [(files[picture["file"]], picture["alt"]) for picture in pictures if picture["file"] in files]


def _with_pictures(
    conversation: Conversation, by: Person, draft: Draft | None, pictures: list[dict[str, Any]]
) -> Draft | None:
    body, language = (draft.body, draft.language) if draft else ("", "")
    return keep(conversation, by=by, kind=Draft.Kind.ANSWER, body=body, language=language, pictures=pictures)
