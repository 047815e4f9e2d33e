"""What a page may load: only what we serve ourselves. No inline script, no inline style, no frame around us."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'self'",
        # data: the two-factor QR code; blob: a picture shown before it is sent.
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class ContentSecurityPolicyMiddleware:
    """Every answer carries the policy, unless a view has set a stricter one (a file somebody sent us)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code in {404, 500}:  # the framework explains itself with inline styles
            return response
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
