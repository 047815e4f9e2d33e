"""Saying something new, changing it, deleting it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corale.channels.actions.pictures import NotAPicture, keep_picture
from corale.channels.contract import Can
from corale.channels.models import Connection
from corale.conversations.actions import rewording
from corale.conversations.errors import CannotAnswer, NotPermitted, TooLong
from corale.conversations.models import Conversation, Message
from corale.design.pages import page
from corale.people.request import PersonRequest
from corale.respond.actions.keeping import SIDE
from corale.respond.actions.saying import check, say
from corale.respond.actions.takeback import TAKEN_BACK, offer_unpost
from corale.respond.audiences import warning_in
from corale.respond.composer import languages
from corale.respond.errors import Refused
from corale.respond.posts import DAYS, NewPost, file_of, places, read, unpacked
from corale.respond.views.answers import here, to
from corale.respond.words import CANNOT_ANSWER, NOT_A_PICTURE, UNITS, too_long


@require_http_methods(["GET", "POST"])
def post(request: PersonRequest) -> HttpResponse:
    """The page; then the page with what it will look like; then it is on its way."""
    accounts = places(request.person)
    asked = request.POST.get("account") or request.GET.get("account", "")
    account = next((each for each in accounts if str(each.pk) == asked), accounts[0] if accounts else None)
    if account is None:
        return page(request, "respond/post_nowhere.html", {})
    if request.method == "GET":
        return _page(request, accounts, _begun(request, account))
    new = read(request.POST, account, request.person)
    try:
        _pictures(request, new)
        if "show" in request.POST or "send" in request.POST:
            check(new)
            new.is_shown = True
        if "send" in request.POST:
            return _sent(request, new)
    except Refused as refused:
        new.problem, new.is_shown = refused.message, False
    return _page(request, accounts, new, status=422 if new.problem else 200)


def _begun(request: PersonRequest, account: Connection) -> NewPost:
    """Empty, or what was just taken back."""
    kept = request.session.get(TAKEN_BACK) if "again" in request.GET else None  # kept: the page may be asked for again
    again = unpacked({**kept}, request.person) if kept else None
    return again or NewPost(account, request.person, language=account.language or request.person.language)


def _pictures(request: PersonRequest, new: NewPost) -> None:
    """Adds what was chosen, takes off what was not wanted. Refused with what to do."""
    off = request.POST.get("off", "")
    new.pictures = [(file, alt) for file, alt in new.pictures if str(file.pk) != off]
    for upload in request.FILES.getlist("picture"):
        if not new.takes_pictures:
            break
        try:
            file = keep_picture(upload.read(), side=SIDE)
        except NotAPicture as problem:
            raise Refused(NOT_A_PICTURE) from problem
        if all(file.pk != kept.pk for kept, _alt in new.pictures):
            new.pictures.append((file, ""))


def _sent(request: PersonRequest, new: NewPost) -> HttpResponse:
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    message = say(new, key=key)
    request.session.pop(TAKEN_BACK, None)
    offer_unpost(request, _("Your post leaves in a moment."), message)
    return to(request, f"{reverse('respond:conversation', args=[message.conversation_id])}#m{message.pk}")


def _page(request: PersonRequest, accounts: list[Connection], new: NewPost, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "new": new,
        "accounts": accounts,
        "languages": languages(new.language),
        "days": DAYS,
        "key": request.POST.get("key") or uuid.uuid4(),
        "counts": UNITS[new.limits.unit],
        "takes_polls": new.can(Can.POLL),
    }
    return page(request, "respond/post.html", context, status=status)


@require_GET
def picture(request: PersonRequest, token: str) -> HttpResponseBase:
    """A picture that one has added to a post, before it is sent."""
    file = file_of(token, request.person)
    if file is None or not file.path.is_file():
        raise Http404
    return FileResponse(file.path.open("rb"), content_type=file.mime)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Their own words, anew."""
    message = _mine(request, pk)
    if not rewording.may_edit(message, request.person):
        raise Http404
    text, warning = request.POST.get("text", message.text), request.POST.get("warning", message.warning)
    context = {"message": message, "text": text, "warning": warning, "conversation": message.conversation}
    context["takes_warning"] = Can.WARNING in message.connection.adapter.can
    if request.method == "GET":
        return page(request, "respond/post_edit.html", context)
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    try:
        rewording.edit(message, text, by=request.person, warning=warning_in(warning))
    except CannotAnswer as problem:
        return page(request, "respond/post_edit.html", context | {"problem": CANNOT_ANSWER[problem.why]}, status=422)
    except TooLong as problem:
        context["problem"] = too_long(problem.length, problem.limit)
        return page(request, "respond/post_edit.html", context, status=422)
    messages.success(request, _("The change is on its way."))
    return to(request, f"{here(request, message.conversation)}#m{pk}")


@require_POST
def deletion(request: PersonRequest, pk: int) -> HttpResponse:
    """Their own words, away."""
    message = _mine(request, pk)
    try:
        rewording.delete(message, by=request.person)
    except NotPermitted:
        raise Http404 from None
    messages.success(request, _("It is being deleted there."))
    return to(request, f"{here(request, message.conversation)}#m{pk}")


def _mine(request: PersonRequest, pk: int) -> Message:
    visible = Message.objects.filter(conversation__in=Conversation.objects.visible_to(request.person))
    rows = visible.filter(by=request.person, direction=Message.Direction.OUT)
    return get_object_or_404(rows.select_related("conversation", "connection", "delivery"), pk=pk)
