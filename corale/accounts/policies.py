"""Who may: coordinators look after everybody's work, administrators after the house, and only for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from corale.accounts.models import Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

ADMIN_MODE = "admin_mode_until"
MINUTES = 30


def is_coordinator(user: Any) -> bool:
    """Coordinators, and administrators too."""
    return is_active(user) and user.role in (Role.COORDINATOR, Role.ADMINISTRATOR)


def is_administrator(user: Any) -> bool:
    return is_active(user) and user.role == Role.ADMINISTRATOR


def is_active(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False)) and user.is_active


def in_admin_mode(request: HttpRequest) -> bool:
    """True while an administrator has the powers of administration; they end by themselves."""
    return is_administrator(getattr(request, "user", None)) and admin_mode_until(request) > time.time()


def admin_mode_until(request: HttpRequest) -> float:
    session = getattr(request, "session", None)
    return float(session.get(ADMIN_MODE, 0)) if session is not None else 0.0


def coordinator_required(view: View) -> View:
    """For everybody else the page does not exist."""
    return _only(is_coordinator, view)


def administrator_required(view: View) -> View:
    """For pages that administrators may look at without the mode."""
    return _only(is_administrator, view)


def admin_mode_required(view: View) -> View:
    """An administrator without the mode is sent to the page which starts it; for others this does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not in_admin_mode(request):
            return to_admin_mode(request)
        return view(request, *args, **kwargs)

    return cast(View, _only(is_administrator, guarded))


def to_admin_mode(request: HttpRequest) -> HttpResponse:
    """To the page which starts it, and from there back to where they were. What they sent is not sent again."""
    url = f"{reverse('accounts:admin_mode')}?{urlencode({'next': _back(request)})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def local(request: HttpRequest, url: str, otherwise: str = "/") -> str:
    """`url` if it leads to a page of ours."""
    mine = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if mine else otherwise


def _back(request: HttpRequest) -> str:
    if request.method == "GET" and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    return local(request, request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))


def _only(allowed: Callable[[Any], bool], view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not allowed(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View, guarded)
