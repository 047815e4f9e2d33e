"""Taking and leaving the powers of administration."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from corale.accounts import admin_mode
from corale.accounts.policies import MINUTES, administrator_required, in_admin_mode, local
from corale.design.pages import page


@never_cache
@administrator_required
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def start(request: HttpRequest) -> HttpResponse:
    """Sending the form asks for the password or a passkey first, unless that was done in the last five minutes."""
    onward = local(request, request.POST.get("next") or request.GET.get("next", ""))
    if in_admin_mode(request) and "next" in request.GET:
        return redirect(onward)
    if request.method == "POST":
        admin_mode.enter(request)
        return redirect(onward)
    return page(request, "accounts/admin_mode.html", {"next": onward, "minutes": MINUTES})


@administrator_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    admin_mode.leave(request)
    return redirect(local(request, request.POST.get("next", "")))
