"""My account: how I sign in, and where I am signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from corale.accounts.policies import in_admin_mode, is_administrator
from corale.design.pages import page


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    kinds = list(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    context = {
        "has_totp": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "sessions": UserSession.objects.filter(user_id=request.user.pk).count(),
        "is_administrator": is_administrator(request.user),
        "in_admin_mode": in_admin_mode(request),
    }
    return page(request, "accounts/me.html", context)
