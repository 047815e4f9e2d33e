"""Who works here and can sign in: what they may do, and whether they may come in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corale.accounts.actions import roles
from corale.accounts.errors import LastAdministrator
from corale.accounts.forms import InvitationForm, RoleForm
from corale.accounts.models import Company, Invitation, Role, User
from corale.accounts.policies import admin_mode_required, coordinator_required, in_admin_mode, is_administrator
from corale.design.pages import page


@coordinator_required
@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = InvitationForm(by=request.user, initial={"language": Company.current().language})
    return list_page(request, form)


def list_page(request: HttpRequest, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    """Everybody who can sign in, then who could, then who was invited."""
    context = {
        "colleagues": User.objects.select_related("person").order_by("-is_active", "person__name", "email"),
        "invitations": Invitation.objects.open().select_related("invited_by__person").order_by("-created_at"),
        "roles": Role.choices,
        "form": form,
        "may_change": is_administrator(request.user),
        "in_admin_mode": in_admin_mode(request),
    }
    return page(request, "accounts/colleagues.html", context, status=status)


@require_POST
@admin_mode_required
def role(request: HttpRequest, pk: int) -> HttpResponse:
    form = RoleForm(request.POST)
    user = get_object_or_404(User, pk=pk)
    if form.is_valid():
        try:
            roles.change_role(user, form.cleaned_data["role"], by=request)
        except LastAdministrator:
            _refused(request)
    return redirect("accounts:colleagues")


@require_POST
@admin_mode_required
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        roles.deactivate(get_object_or_404(User, pk=pk), by=request)
    except LastAdministrator:
        _refused(request)
    return redirect("accounts:colleagues")


@require_POST
@admin_mode_required
def homecoming(request: HttpRequest, pk: int) -> HttpResponse:
    roles.reactivate(get_object_or_404(User, pk=pk), by=request)
    return redirect("accounts:colleagues")


def _refused(request: HttpRequest) -> None:
    messages.error(request, _("This is the last administrator. Make somebody else an administrator first."))
