"""What people seem to talk about: one proposal with its messages, and what a colleague says of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corale.conversations.withholding import withhold
from corale.design.pages import page
from corale.improve.actions import judging
from corale.improve.errors import AlreadyDone, Incomplete
from corale.improve.models import Proposal, ProposedVoice
from corale.people.request import PersonRequest
from corale.store import keyset


def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """The very messages, the newest first."""
    found = get_object_or_404(Proposal.objects.visible_to(request.person).select_related("theme", "settled_by"), pk=pk)
    said = found.voices.filter(removed_at=None).select_related("message__identity__person", "message__conversation")
    voices = keyset.cut(said, ("-message_id",), request.GET.get("after", ""))
    withhold((voice.message for voice in voices.rows), request.person)
    return page(request, "improve/proposal.html", {"proposal": found, "voices": voices})


@require_POST
def acceptance(request: PersonRequest, pk: int) -> HttpResponse:
    """It is a theme, under the name that a colleague gives it."""
    found = get_object_or_404(Proposal.objects.visible_to(request.person), pk=pk)
    try:
        theme = judging.accept(found, request.POST.get("name", ""), by=request.person)
    except Incomplete:
        messages.error(request, _("A theme has a name: write one."))
        return redirect("improve:proposal", pk)
    except AlreadyDone:
        return _too_late(request, pk)
    messages.success(request, _("It is a theme now, with these voices. On it one may decide."))
    return redirect("improve:theme", theme.pk)


@require_POST
def dismissal(request: PersonRequest, pk: int) -> HttpResponse:
    """It is none; or, with `back`, it should not have been dismissed."""
    found = get_object_or_404(Proposal.objects.visible_to(request.person), pk=pk)
    if "back" in request.POST:
        judging.bring_back(found, by=request.person)
        return redirect("improve:proposal", pk)
    try:
        judging.dismiss(found, by=request.person)
    except AlreadyDone:
        return _too_late(request, pk)
    messages.success(request, _("Dismissed: “%(words)s” is not proposed again.") % {"words": found.words})
    return redirect("improve:themes")


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """One message speaks of something else."""
    seen = ProposedVoice.objects.filter(proposal__in=Proposal.objects.visible_to(request.person))
    voice = get_object_or_404(seen.select_related("proposal"), pk=pk)
    try:
        judging.leave_out(voice, by=request.person)
        messages.success(request, _("Taken out. It does not come back into this one."))
    except AlreadyDone:
        return _too_late(request, voice.proposal_id)
    return redirect("improve:proposal", voice.proposal_id)


def _too_late(request: PersonRequest, pk: int) -> HttpResponse:
    messages.error(request, _("A colleague has judged it meanwhile."))
    return redirect("improve:proposal", pk)
