"""A piece of a page that is asked for after signing out brings the sign-in page, not a sign-in page inside the page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from corale.design.pages import asks_for_part


class SignInAgainMiddleware:
    """Turns a redirect to sign-in into one that htmx follows with the whole window, and that leads back to the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if response.status_code != 302 or not asks_for_part(request) or not response["Location"].startswith(sign_in):
            return response
        page = urlsplit(request.headers.get("HX-Current-URL", "/"))
        back = urlencode({"next": page.path + (f"?{page.query}" if page.query else "")})
        return HttpResponse(status=204, headers={"HX-Redirect": f"{sign_in}?{back}"})
