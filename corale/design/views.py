"""The pages about the pages: every component, the keys, and how somebody likes them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from corale.design import samples
from corale.design.pages import asks_for_part, page
from corale.design.preferences import CHOICES, keep


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component, in light and dark, wide and narrow."""
    return page(request, "design/components.html", samples.components())


@require_GET
def desk_sample(request: HttpRequest) -> HttpResponse:
    """The whole desk with made-up people: the markup to copy."""
    return page(request, "design/desk_sample.html", samples.desk())


@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """The menu again, with its counts as they are now."""
    return render(request, "design/_menu.html")


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Which key does what."""
    return page(request, "design/keys.html")


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the choices that were sent, and go back to where they were made."""
    response = HttpResponse(status=204) if asks_for_part(request) else HttpResponseRedirect(_back(request))
    for name in CHOICES:
        if name in request.POST:
            keep(response, name, request.POST[name])
    return response


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read the pages in another language."""
    return set_language(request)


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else "/"
