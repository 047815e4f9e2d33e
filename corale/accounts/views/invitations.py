"""Inviting colleagues."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from corale.accounts.actions import invite as inviting
from corale.accounts.errors import AlreadyHere, NoLongerValid
from corale.accounts.forms import InvitationForm, may_invite
from corale.accounts.models import Invitation, Role, User
from corale.accounts.policies import coordinator_required, in_admin_mode, to_admin_mode
from corale.accounts.views.colleagues import list_page
from corale.design.pages import page


@never_cache
@require_POST
@coordinator_required
def invite(request: HttpRequest) -> HttpResponse:
    """The link is shown once, on the answer to this very request: it is known at no other moment."""
    assert isinstance(request.user, User)
    form = InvitationForm(request.POST, by=request.user)
    if not form.is_valid():
        return list_page(request, form, status=422)
    if form.cleaned_data["role"] == Role.ADMINISTRATOR and not in_admin_mode(request):
        return to_admin_mode(request)
    try:
        invitation, link = inviting.invite(**form.cleaned_data, by=request)
    except AlreadyHere:
        form.add_error("email", _("Somebody with this address is here already, or has been invited."))
        return list_page(request, form, status=422)
    return _invited(request, invitation, link)


@never_cache
@require_POST
@coordinator_required
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        invitation = _theirs(request, pk)
        link = inviting.invite_again(invitation, by=request)
    except NoLongerValid:
        raise Http404 from None
    return _invited(request, Invitation.objects.get(pk=pk), link)


@require_POST
@coordinator_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    inviting.withdraw(_theirs(request, pk), by=request)
    return redirect("accounts:colleagues")


def _theirs(request: HttpRequest, pk: int) -> Invitation:
    """An open invitation this person could have made."""
    invitation = get_object_or_404(Invitation.objects.open(), pk=pk)
    assert isinstance(request.user, User)
    if not may_invite(request.user, invitation.role):
        raise Http404
    return invitation


def _invited(request: HttpRequest, invitation: Invitation, link: str) -> HttpResponse:
    sent = inviting.send_invitation(invitation, link)
    return page(request, "accounts/invited.html", {"invitation": invitation, "link": link, "is_sent": sent})
