"""Verbs as things: POST …/closure/ closes, DELETE …/closure/ opens again; refused when somebody else was quicker."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from corale.conversations.actions import closing, labelling, quarantining, snoozing, trashing
from corale.conversations.actions.assigning import assign
from corale.conversations.actions.judging import judge
from corale.conversations.actions.reading import read, unread
from corale.conversations.actions.undoing import Before
from corale.conversations.errors import Changed, NotPermitted
from corale.conversations.models import Conversation, Label, Message
from corale.conversations.policies import may_let_in
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.respond import snoozes
from corale.respond.actions.being_there import be_there, leave
from corale.respond.actions.takeback import offer_back
from corale.respond.errors import Refused
from corale.respond.happenings import happenings
from corale.respond.views.answers import back, here, inbox, is_undoing, said
from corale.respond.views.composing import next_page
from corale.respond.views.conversation import visible, whole
from corale.respond.words import CHANGED, DONE, NOT_YOURS

Verb = Callable[[PersonRequest, Conversation, int | None], str]
View = Callable[[PersonRequest, int], HttpResponse]


def verb(act: Verb) -> View:
    """A view around a verb. It returns the word for what was done, for the bar that takes it back; empty: none."""

    @wraps(act)
    def view(request: PersonRequest, pk: int) -> HttpResponse:
        conversation = visible(request, pk)
        before, following = Before.of(conversation), _following(request, conversation)
        version = said(request, "version")
        try:
            done = act(request, conversation, int(version) if version.isdigit() else None)
        except Changed as changed:
            return _stale(request, changed.conversation)
        except Refused as refused:
            messages.error(request, str(refused.message))
            return back(request, here(request, conversation))
        except NotPermitted:
            messages.error(request, str(NOT_YOURS))
            return back(request, here(request, conversation))
        if done and conversation.version != before.version:
            offer_back(request, str(DONE[done]), [(before, conversation.version)])
        return back(request, following)

    return require_http_methods(["POST", "DELETE"])(view)


@verb
def closure(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    if is_undoing(request):
        closing.reopen(conversation, by=request.person, version=version)
        return ""
    closing.close(conversation, by=request.person, reason=request.POST.get("reason", ""), version=version)
    return "close"


@verb
def waiting(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    closing.wait(conversation, by=request.person, version=version)
    return "wait"


@verb
def assignment(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    to = None if is_undoing(request) else colleague_of(request.POST.get("assign", ""))
    assign(conversation, to, by=request.person, reason=request.POST.get("reason", ""), version=version)
    return "assign"


@verb
def snooze(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    if is_undoing(request):
        closing.reopen(conversation, by=request.person, version=version)
        return ""
    when = snoozes.until(request.POST.get("snooze") or request.POST.get("until", ""))
    snoozing.snooze(conversation, when, by=request.person, version=version)
    return "snooze"


@verb
def labels(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    label = label_of(request)
    change = labelling.unlabel if is_undoing(request) else labelling.label
    change(conversation, label, by=request.person, version=version)
    return ""


@verb
def priority(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    try:
        labelling.prioritise(conversation, int(request.POST.get("priority", "0")), by=request.person, version=version)
    except ValueError:
        raise Http404 from None
    return "priority"


@verb
def spam(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    change = trashing.restore if is_undoing(request) else trashing.spam
    change(conversation, by=request.person, version=version)
    return "" if is_undoing(request) else "spam"


@verb
def quarantine(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    """A coordinator lets it in, or keeps it out; taken back, it waits again."""
    if not may_let_in(request.person):
        raise Http404
    if is_undoing(request):
        quarantining.put_again(conversation, by=request.person, version=version)
        return ""
    if request.POST.get("do") == "out":
        trashing.spam(conversation, by=request.person, version=version)
        return "keep_out"
    quarantining.let_in(conversation, by=request.person, version=version)
    return "let_in"


@verb
def trash(request: PersonRequest, conversation: Conversation, version: int | None) -> str:
    change = trashing.restore if is_undoing(request) else trashing.trash
    change(conversation, by=request.person, version=version)
    return "" if is_undoing(request) else "trash"


@require_POST
def reading(request: PersonRequest, pk: int) -> HttpResponse:
    """Their page says that it was before their eyes."""
    seen = [int(pk) for pk in request.POST.get("messages", "").split(",") if pk.isdigit() and len(pk) < 19]
    seconds = request.POST.get("seconds", "")
    read(visible(request, pk), by=request.person, seconds=int(seconds) if seconds.isdigit() else 0, messages=seen)
    return HttpResponse(status=204)


@require_POST
def unreading(request: PersonRequest, pk: int) -> HttpResponse:
    """As if they had not seen it."""
    unread(visible(request, pk), by=request.person)
    return back(request, inbox())


@require_http_methods(["POST", "DELETE"])
def presence(request: PersonRequest, pk: int) -> HttpResponse:
    """Their page says that they look, write, or leave."""
    conversation = visible(request, pk)
    if is_undoing(request):
        leave(conversation, by=request.person)
    else:
        be_there(conversation, by=request.person, doing=request.POST.get("doing", ""))
    return HttpResponse(status=204)


@require_POST
def judgement(request: PersonRequest, pk: int) -> HttpResponse:
    """Whether a message needs an answer."""
    rows = Message.objects.filter(conversation__in=Conversation.objects.visible_to(request.person))
    others = [Message.Direction.IN, Message.Direction.ASIDE]
    message = get_object_or_404(rows.select_related("conversation"), pk=pk, direction__in=others)
    needs = request.POST.get("needs_answer") == "yes"
    judge(message, needs_answer=needs, by=request.person, reason=request.POST.get("reason", ""))
    return back(request, f"{here(request, message.conversation)}#m{message.pk}")


def colleague_of(number: str) -> Person | None:
    """A colleague by number; nobody for nothing."""
    if not number:
        return None
    if not number.isdigit():
        raise Http404
    return get_object_or_404(Person.objects.colleagues().select_related("user"), pk=number)


def label_of(request: PersonRequest) -> Label:
    """By number, or by a name that may be new."""
    if number := said(request, "label_id"):
        return get_object_or_404(Label, pk=number if number.isdigit() else 0)
    try:
        return labelling.label_named(request.POST.get("label", ""))
    except ValueError:
        raise Refused(DONE["nameless"]) from None


def _following(request: PersonRequest, conversation: Conversation) -> str:
    """Where to go on when the form does not say: here, or with `then=next` the next of the list."""
    return next_page(request, conversation) if request.POST.get("then") == "next" else here(request, conversation)


def _stale(request: PersonRequest, conversation: Conversation) -> HttpResponse:
    """Nothing was done: this is what it has become."""
    last = happenings(conversation, most=1)
    found = visible(request, conversation.pk)
    return whole(request, found, status=409, stale=CHANGED, stale_last=last[-1] if last else None)
