"""The composer: sending, noting, keeping drafts, adding pictures."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corale.channels.audiences import narrowest
from corale.channels.contract import Can
from corale.conversations.actions import closing, snoozing
from corale.conversations.actions.answering import to_whom
from corale.conversations.actions.noting import note
from corale.conversations.actions.undoing import Before
from corale.conversations.models import Conversation, Message
from corale.conversations.signing import signs
from corale.lib.numbers import whole_number
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.respond import snoozes
from corale.respond.actions.keeping import attach, describe, detach, discard, files_of, keep
from corale.respond.actions.sending import Written, send
from corale.respond.actions.takeback import offer_unsend
from corale.respond.audiences import warning_in
from corale.respond.composer import AFTER, Composer, composer_of
from corale.respond.errors import NeedsChoice, Overtaken, Refused
from corale.respond.mentions import mentioned
from corale.respond.models import Draft
from corale.respond.views.answers import here, inbox, is_undoing, said, to
from corale.respond.views.conversation import visible, whole
from corale.respond.where import Where
from corale.respond.words import NOTHING_SAID

ANSWER, NOTE = Draft.Kind.ANSWER, Draft.Kind.NOTE


@require_POST
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """Sends the answer or writes the note, whichever the composer is set to."""
    conversation = visible(request, pk)
    _keep_everything(request, conversation)
    if "keep" in request.POST:
        return to(request, f"{here(request, conversation)}#composer")
    if request.POST.get("kind") == NOTE:
        return _note(request, conversation)
    return _answer(request, conversation)


def _note(request: PersonRequest, conversation: Conversation) -> HttpResponse:
    text = request.POST.get("note", "")
    if not text.strip():
        messages.error(request, str(NOTHING_SAID))
        return to(request, f"{here(request, conversation)}#composer")
    written = note(conversation, text, by=request.person, mentions=mentioned(text))
    discard(conversation, by=request.person, kind=NOTE)
    return to(request, f"{here(request, conversation)}#m{written.pk}")


def _answer(request: PersonRequest, conversation: Conversation) -> HttpResponse:
    written = _written(request, conversation)
    before, following = Before.of(conversation), next_page(request, conversation)
    try:
        sent = send(conversation, written, by=request.person)
    except Overtaken as problem:
        composer = _composer(conversation, written, request.person)
        composer.overtaken = problem.new
        composer.seen = max(message.pk for message in problem.new)
        return whole(request, conversation, composer=composer, status=409)
    except NeedsChoice as problem:
        composer = _composer(conversation, written, request.person)
        composer.choice = problem
        return whole(request, conversation, composer=composer, status=422)
    except Refused as problem:
        composer = _composer(conversation, written, request.person)
        composer.problem = problem.message
        return whole(request, conversation, composer=composer, status=422)
    after = request.POST.get("after", "")
    shared = Can.SIGN in conversation.connection.adapter.can
    _remember(request, after, signs=written.signs if shared else signs(request.person))
    conversation.refresh_from_db()
    _then(conversation, after, request.person)
    text = ngettext("Your answer leaves in a moment.", "Your %(count)s parts leave in a moment.", len(sent))
    offer_unsend(request, text % {"count": len(sent)}, sent[0], before)
    stays = request.person.preferences.get("stay_after_sending")
    return to(request, here(request, conversation) if stays else following)


def _then(conversation: Conversation, after: str, me: Person) -> None:
    """What was chosen together with sending."""
    if after == "close":
        closing.close(conversation, by=me, reason="answered")
    elif after.startswith("snooze:"):
        snoozing.snooze(conversation, snoozes.until(after.partition(":")[2]), by=me)


def next_page(request: PersonRequest, conversation: Conversation) -> str:
    """The next of the list one came from; the list itself when there is none."""
    where = Where.of(request.GET.dict())
    row = where.next_after(request.person, conversation)
    return where.conversation(row.id) if row else where.url or inbox()


@require_http_methods(["POST", "DELETE"])
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """Keeps what is being written, every few seconds; DELETE throws it away."""
    conversation = visible(request, pk)
    if is_undoing(request):
        discard(conversation, by=request.person, kind=said(request, "kind") or ANSWER)
        return to(request, here(request, conversation))
    _keep_everything(request, conversation)
    return HttpResponse(status=204)


@require_POST
def pictures(request: PersonRequest, pk: int) -> HttpResponse:
    """Adds a picture, or takes one off."""
    conversation = visible(request, pk)
    _keep_everything(request, conversation)
    try:
        for upload in request.FILES.getlist("picture"):
            attach(conversation, upload.read(), by=request.person)
        if (off := request.POST.get("off", "")).isdigit():
            detach(conversation, int(off), by=request.person)
    except Refused as refused:
        messages.error(request, str(refused.message))
    if request.headers.get("HX-Request") == "true":
        composer = composer_of(conversation, request.person, seen=0)
        return render(request, "respond/_pictures.html", {"composer": composer, "here": Where.of(request.GET.dict())})
    return to(request, f"{here(request, conversation)}#composer")


@require_GET
def picture(request: PersonRequest, pk: int, file: int) -> HttpResponseBase:
    """A picture of one's own draft."""
    conversation = visible(request, pk)
    mine = Draft.objects.filter(conversation=conversation, person=request.person, kind=ANSWER).first()
    for kept, _alt in files_of(mine):
        if kept.pk == file and kept.path.is_file():
            return FileResponse(kept.path.open("rb"), content_type=kept.mime)
    raise Http404


def _keep_everything(request: PersonRequest, conversation: Conversation) -> None:
    """Whatever happens next, the words are kept."""
    form = request.POST
    alts = {int(name[4:]): form[name] for name in form if name.startswith("alt_") and name[4:].isdigit()}
    mine = Draft.objects.filter(conversation=conversation, person=request.person, kind=ANSWER).first()
    held = describe(mine.extras.get("pictures", []), alts) if mine else []
    extras: dict[str, Any] = {"pictures": held} if held else {}
    seen = whole_number(form.get("seen", ""))
    if "body" in form:
        keep(
            conversation, by=request.person, kind=ANSWER, body=form["body"], language=form.get("language", ""),
            seen=seen, reply_to=_chosen(conversation, form.get("reply_to", "")), **_for_whom(form), **extras,
        )  # fmt: skip
    if "note" in form:
        keep(conversation, by=request.person, kind=NOTE, body=form["note"], seen=seen)


def _for_whom(form: Mapping[str, str]) -> dict[str, str]:
    """Who may read it, and what stands before it: as the composer says, where it asked."""
    said = {"audience": narrowest(form["audience"].strip())} if "audience" in form else {}
    return said | ({"warning": warning_in(form["warning"])} if "warning" in form else {})


def _chosen(conversation: Conversation, said: str) -> int:
    """What is answered, when somebody chose it; 0 when it is what would be answered anyway."""
    anyway = to_whom(conversation)
    return pk if (pk := whole_number(said)) != (anyway.pk if anyway else 0) else 0


def _written(request: PersonRequest, conversation: Conversation) -> Written:
    form = request.POST
    mine = Draft.objects.filter(conversation=conversation, person=request.person, kind=ANSWER).first()
    others = [Message.Direction.IN, Message.Direction.ASIDE]
    answered = Message.objects.filter(conversation=conversation, pk=whole_number(form.get("reply_to", "")))
    try:
        key = uuid.UUID(form.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    return Written(
        body=form.get("body", "").replace("\r\n", "\n").replace("\x00", ""),
        language=form.get("language", "")[:12],
        seen=whole_number(form.get("seen", "")),
        reply_to=answered.filter(direction__in=others).select_related("identity").first(),
        split=form.get("split") == "yes",
        audience=narrowest(form.get("audience", "public")),
        warning=_for_whom(form).get("warning"),
        signs=form.get("signs") == "yes",
        pictures=files_of(mine),
        key=key,
    )


def _composer(conversation: Conversation, written: Written, me: Person) -> Composer:
    """The composer as it was when sending was stopped."""
    composer = composer_of(conversation, me, seen=written.seen, reply_to=written.reply_to)
    composer.kind, composer.body, composer.key = ANSWER, written.body, written.key
    composer.language = written.language or composer.language
    composer.audience, composer.warning = written.audience, written.warning
    composer.signs = written.signs
    return composer


def _remember(request: PersonRequest, after: str, *, signs: bool) -> None:
    """The last choice is the next one's suggestion."""
    me = request.person
    chosen = {
        "after_sending": after if after in AFTER else "send",
        "stay_after_sending": request.POST.get("stay") == "yes",
        "signs": signs,
    }
    if {**me.preferences, **chosen} != me.preferences:
        me.preferences = {**me.preferences, **chosen}
        Person.objects.filter(pk=me.pk).update(preferences=me.preferences)
