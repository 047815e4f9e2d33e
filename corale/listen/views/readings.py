"""Correcting a reading, and the page about readings."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corale.accounts.policies import local
from corale.conversations.models import Conversation, Message
from corale.design.pages import page
from corale.listen.actions.catching_up import lag
from corale.listen.actions.correcting import correct
from corale.listen.actions.learning import ENOUGH, learn_again
from corale.listen.heard import SAID_BY_OTHERS
from corale.listen.models import Correction, Learned
from corale.listen.policies import may_correct, may_teach
from corale.listen.readers import current
from corale.listen.voices import alike as all_alike
from corale.listen.voices import voices
from corale.people.request import PersonRequest
from corale.store import keyset

TRAININGS = 20
NEWEST = ("-message_id",)


@require_POST
def correction(request: PersonRequest, pk: int) -> HttpResponse:
    """What the message really is."""
    message = _said_to(request, pk)
    try:
        correct(
            message, sentiment=request.POST.get("sentiment", ""), intents=request.POST.getlist("intent"),
            by=request.person,
        )  # fmt: skip
        messages.success(
            request, _("Noted. It counts at once for the same words elsewhere, and teaches the next reading.")
        )
    except ValueError:
        messages.error(request, _("Nothing was noted: choose how the message sounds."))
    return redirect(local(request, request.POST.get("next", "")))


def alike(request: PersonRequest, pk: int) -> HttpResponse:
    """The very messages that say nearly the same, and how many people that are."""
    message = _said_to(request, pk)
    shown = keyset.cut(all_alike(message, request.person), NEWEST, request.GET.get("after", ""))
    context = {"message": message, "people": voices([message], request.person).get(pk, 1), "shown": shown}
    return page(request, "listen/alike.html", context)


def _said_to(request: PersonRequest, pk: int) -> Message:
    """Something said by others that this colleague may see."""
    if not may_correct(request.person):
        raise Http404
    seen = Message.objects.filter(conversation__in=Conversation.objects.visible_to(request.person))
    return get_object_or_404(seen, pk=pk, direction__in=SAID_BY_OTHERS)


def readings(request: PersonRequest) -> HttpResponse:
    """How far reading has come, and what was learnt from corrections."""
    if not may_teach(request.person):
        raise Http404
    waiting, is_past_read = lag()
    context = {
        "version": current().version, "waiting": waiting, "is_past_read": is_past_read, "enough": ENOUGH,
        "corrections": Correction.objects.count(),
        "trainings": Learned.objects.defer("weights").order_by("-pk")[:TRAININGS],
    }  # fmt: skip
    return page(request, "listen/readings.html", context)


@require_POST
def learning(request: PersonRequest) -> HttpResponse:
    """Learn now; the page shows what came of it."""
    if not may_teach(request.person):
        raise Http404
    learn_again.enqueue()
    messages.success(request, _("Learning begins. It takes seconds; the table below will say whether it helped."))
    return redirect("listen:readings")
