"""The front door."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corale.accounts.models import User
from corale.design.pages import page


@never_cache
@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the desk; a guest to the sign-in page; in an empty house, where to find the key."""
    if request.user.is_authenticated:
        return redirect("respond:inbox")
    if User.objects.at_home().exists():
        return redirect("account_login")
    return page(request, "web/empty_house.html")
