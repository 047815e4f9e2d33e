"""Pictures through our own door: looking at a conversation tells no other server who looks."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from corale.channels.actions.pictures import HttpError, NotAPicture, picture_at
from corale.channels.models import StoredFile
from corale.conversations.models import Conversation, Message
from corale.people.models import Identity, Person
from corale.people.request import PersonRequest

_A_MONTH = "private, max-age=2592000, immutable"
_FACE = 256


@require_GET
def media(request: PersonRequest, pk: int, index: int) -> HttpResponseBase:
    """The picture number `index` of a message; fetched when somebody asks for it for the first time."""
    visible = Conversation.objects.visible_to(request.person)
    message = get_object_or_404(Message.objects.only("extras"), pk=pk, conversation__in=visible)
    try:
        attached = message.attachments[index]
    except IndexError:
        raise Http404 from None
    if stored := attached.get("stored"):
        return _file(get_object_or_404(StoredFile, sha256=str(stored).rpartition("/")[2]))
    if attached.get("kind") not in ("image", "link") or not attached.get("url"):
        raise Http404
    return _fetched(attached["url"], 1600)


@require_GET
def face(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The picture of an identity."""
    if not Person.objects.visible_to(request.person).filter(identities__pk=pk).exists():
        raise Http404
    identity = get_object_or_404(Identity.objects.only("avatar_url"), pk=pk)
    if not identity.avatar_url:
        raise Http404
    return _fetched(identity.avatar_url, _FACE)


def _fetched(url: str, side: int) -> HttpResponseBase:
    try:
        return _file(picture_at(url, side=side))
    except (NotAPicture, HttpError):
        answer = HttpResponse(status=404)
        answer["Cache-Control"] = "private, max-age=300"  # do not ask a server that is away at every glance
        return answer


def _file(file: StoredFile) -> HttpResponseBase:
    if not file.path.is_file():
        raise Http404
    answer = FileResponse(file.path.open("rb"), content_type=file.mime)
    answer["Cache-Control"] = _A_MONTH
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
