"""The first minute: a link from the console, and an account that becomes somebody's own."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corale.accounts import tokens
from corale.accounts.actions import join
from corale.accounts.coming_in import come_in
from corale.accounts.errors import AlreadyHere, NoLongerValid
from corale.accounts.forms import FinishForm, FirstForm
from corale.accounts.models import Company, OneTimeLink, User
from corale.accounts.signals import demo_wanted
from corale.design.pages import page
from corale.ledger.audit import audit


@never_cache
@login_not_required
@rate_limit(action="welcome", limit_get=True)  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Opens once. A browser that only fetches ahead does not count as opening."""
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return HttpResponse(status=204)
    link = OneTimeLink.objects.usable().filter(digest=tokens.digest(token)).first()
    if link is None:
        return page(request, "accounts/no_longer_valid.html", status=410)
    try:
        return _let_in(request, link, token) if link.at_once or link.user_id else _ask(request, token)
    except NoLongerValid:
        return page(request, "accounts/no_longer_valid.html", status=410)


@never_cache
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest) -> HttpResponse:
    """Name, address, password, company: once, for a provisional account; for all others this does not exist."""
    user = request.user
    if not isinstance(user, User) or not user.is_provisional:
        raise Http404
    form = FinishForm(request.POST or None, initial={"language": get_language(), "company": Company.current().name})
    if request.method == "POST" and form.is_valid():
        try:
            join.finish(user, **form.cleaned_data)
        except AlreadyHere:
            form.add_error("email", _("Somebody with this address can sign in already."))
        else:
            return come_in(request, user, language=form.cleaned_data["language"])
    return page(request, "accounts/finish.html", {"form": form}, status=422 if form.errors else 200)


def _let_in(request: HttpRequest, link: OneTimeLink, token: str) -> HttpResponse:
    spent = OneTimeLink.objects.spend(token)
    if spent is None:
        raise NoLongerValid("link")
    user = spent.user or join.arrive_at_once(name=_("First person"), language=get_language() or "en")
    if not user.is_active:
        raise NoLongerValid("user")
    audit(user, "signed_in.by_link", f"user:{user.pk}")
    return come_in(request, user)


def _ask(request: HttpRequest, token: str) -> HttpResponse:
    form = FirstForm(request.POST or None, initial={"language": get_language()})
    if not demo_wanted.has_listeners():
        form.fields.pop("demo")
    if request.method != "POST" or not form.is_valid():
        return page(request, "accounts/welcome.html", {"form": form}, status=422 if form.errors else 200)
    wanted = form.cleaned_data.pop("demo", False)
    if OneTimeLink.objects.spend(token) is None:
        raise NoLongerValid("link")
    user = join.arrive_first(**form.cleaned_data)
    if wanted:
        demo_wanted.send(User, user=user, language=form.cleaned_data["language"])
    return come_in(request, user, language=form.cleaned_data["language"])
