"""Accepting an invitation."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corale.accounts.actions.join import accept
from corale.accounts.coming_in import come_in
from corale.accounts.errors import AlreadyHere, NoLongerValid
from corale.accounts.forms import JoinForm
from corale.accounts.models import Invitation
from corale.design.pages import page


@never_cache
@login_not_required
@rate_limit(action="join", limit_get=True)  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it changes nothing; saying who one is does, once."""
    invitation = Invitation.objects.for_token(token).first()
    if invitation is None:
        return page(request, "accounts/no_longer_valid.html", status=410)
    form = JoinForm(request.POST or None, initial={"name": invitation.name, "language": invitation.language})
    form.email_of_guest = invitation.email
    if request.method == "POST" and form.is_valid():
        return _accepted(request, token, form)
    context = {"form": form, "invitation": invitation}
    return page(request, "accounts/join.html", context, status=422 if form.errors else 200)


def _accepted(request: HttpRequest, token: str, form: JoinForm) -> HttpResponse:
    try:
        user = accept(token, **form.cleaned_data)
    except (NoLongerValid, AlreadyHere):
        return page(request, "accounts/no_longer_valid.html", status=410)
    if request.user.is_authenticated:  # somebody else's browser: their session is not inherited
        logout(request)
    return come_in(request, user, language=form.cleaned_data["language"])
