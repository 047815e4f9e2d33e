"""Like, repost, follow: POST does it, DELETE takes it back; from a button, a key or the palette."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from corale.channels.keys import key_of
from corale.conversations.actions.reacting import CAN, follow, react, standing, take_back
from corale.conversations.errors import CannotReact
from corale.conversations.models import Conversation, Message
from corale.people.request import PersonRequest
from corale.respond.views.answers import back, here, is_undoing, said
from corale.respond.views.conversation import visible
from corale.respond.words import CANNOT_REACT


@require_http_methods(["POST", "DELETE"])
def reaction(request: PersonRequest, pk: int) -> HttpResponse:
    """Of a message: `kind` is like or repost."""
    rows = Message.objects.filter(conversation__in=Conversation.objects.visible_to(request.person))
    others = [Message.Direction.IN, Message.Direction.ASIDE]
    rows = rows.select_related("conversation", "connection").exclude(state=Message.State.PLACEHOLDER)
    message = get_object_or_404(rows, pk=pk, direction__in=others)
    kind = said(request, "kind")
    if kind not in CAN or kind == "follow" or message.key is None:
        raise Http404
    try:
        if not is_undoing(request):
            react(message, kind, by=request.person)
        elif made := standing(message.connection, kind, message.key):
            take_back(made, message.conversation, by=request.person)
    except CannotReact as problem:
        messages.error(request, str(CANNOT_REACT[problem.why]))
        return back(request, f"{here(request, message.conversation)}#m{message.pk}")
    return _done(request, f"{here(request, message.conversation)}#m{message.pk}")


@require_http_methods(["POST", "DELETE"])
def following(request: PersonRequest, pk: int) -> HttpResponse:
    """Of whoever the conversation is with."""
    conversation = visible(request, pk)
    identity = conversation.identity
    if identity is None:
        raise Http404
    try:
        if not is_undoing(request):
            follow(identity, conversation, by=request.person)
        elif made := standing(conversation.connection, "follow", key_of(identity.stable_id)):
            take_back(made, conversation, by=request.person)
    except CannotReact as problem:
        messages.error(request, str(CANNOT_REACT[problem.why]))
        return back(request, here(request, conversation))
    return _done(request, here(request, conversation))


def _done(request: PersonRequest, page: str) -> HttpResponse:
    """The open page asks for its thread again by itself, because it is told; without scripts it comes anew."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)
    return back(request, page)
