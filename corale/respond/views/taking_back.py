"""Undo: of a change of state for ten seconds, of an answer for fifteen; and trying again what failed."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corale.accounts.policies import local
from corale.conversations.actions.answering import cancel, retry
from corale.conversations.actions.undoing import Before
from corale.conversations.errors import TooLate
from corale.conversations.models import Conversation, Message
from corale.people.request import PersonRequest
from corale.respond import undo
from corale.respond.actions.takeback import TAKEN_BACK, put_all_back, unsend
from corale.respond.posts import packed
from corale.respond.views.answers import back, here, inbox, to


@require_POST
def taken_back(request: PersonRequest, key: str) -> HttpResponse:
    """What the bar offered."""
    entry = undo.take(request, key)
    if entry is None:
        messages.warning(request, _("It is too late to take this back."))
        return _again(request)
    if entry["act"] in ("answer", "post"):
        message = _mine(request).filter(pk=entry["data"]["message"]).first()
        before = entry["data"].get("before")
        return _unsend(request, message, Before(*before) if before else None)
    done, left = put_all_back(entry["data"], by=request.person)
    if left:
        text = ngettext(
            "%(count)s stays: somebody has changed it since.", "%(count)s stay: somebody has changed them since.", left
        )
        messages.warning(request, text % {"count": left})
    elif done:
        messages.success(request, _("Taken back."))
    return _again(request)


@require_POST
def unsent(request: PersonRequest, pk: int) -> HttpResponse:
    """Takes an answer back from the thread."""
    return _unsend(request, get_object_or_404(_mine(request), pk=pk), None)


@require_POST
def retried(request: PersonRequest, pk: int) -> HttpResponse:
    """Tries again to send."""
    message = get_object_or_404(_all(request), pk=pk, delivery__isnull=False)
    retry(message, by=request.person)
    return back(request, f"{here(request, message.conversation)}#m{pk}")


def _unsend(request: PersonRequest, message: Message | None, before: Before | None) -> HttpResponse:
    if message is not None and message.kind == "post":
        return _unpost(request, message)
    try:
        if message is None:
            raise TooLate
        conversation = unsend(message, by=request.person, before=before)
    except TooLate:
        messages.warning(request, _("It has left already and cannot be taken back."))
        return _again(request)
    messages.success(request, _("Taken back. Your words are in the composer."))
    return to(request, f"{here(request, conversation)}#composer")


def _unpost(request: PersonRequest, message: Message) -> HttpResponse:
    written = packed(message)
    try:
        cancel(message, by=request.person)
    except TooLate:
        messages.warning(request, _("It has left already and cannot be taken back."))
        return _again(request)
    request.session[TAKEN_BACK] = written
    messages.success(request, _("Taken back. Your words are still here."))
    return to(request, f"{reverse('respond:post')}?again=1")


def _all(request: PersonRequest) -> QuerySet[Message]:
    rows = Message.objects.filter(conversation__in=Conversation.objects.visible_to(request.person))
    return rows.filter(direction=Message.Direction.OUT).select_related("conversation", "delivery__previous")


def _mine(request: PersonRequest) -> QuerySet[Message]:
    return _all(request).filter(by=request.person)


def _again(request: PersonRequest) -> HttpResponse:
    """The page they are on, as it is now."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return to(request, local(request, request.headers.get("Referer", ""), inbox()))
