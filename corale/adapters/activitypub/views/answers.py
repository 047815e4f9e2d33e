"""How we answer machines: open to scripts of other sites, quick to confirm that nothing has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import blake2b
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
OPEN = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = OPEN | {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Signature, Signature-Input, Date",
    "Access-Control-Max-Age": "86400",
}


def for_machines(view: View) -> View:
    """Read by anybody, without signing in, from any site: GET, HEAD, and the OPTIONS that a browser sends before an
    Accept with a profile in it (Fetch, section 4.8)."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"], headers=OPEN)
        return view(request, *args, **kwargs)

    return cast(View, csrf_exempt(login_not_required(answered)))


def as_json(
    request: HttpRequest,
    thing: Mapping[str, Any],
    *,
    kind: str,
    fresh_for: int = 60,
    vary: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """JSON of exactly that type, with an ETag of its content. Whoever has it already is told so in one line.

    `fresh_for` is in seconds; 0 is for one pair of eyes, and kept nowhere on the way.
    """
    body = json.dumps(thing, ensure_ascii=False, separators=(",", ":")).encode()
    return finished(request, HttpResponse(body, content_type=kind, status=status), fresh_for=fresh_for, vary=vary)


def finished(
    request: HttpRequest, response: HttpResponse, *, fresh_for: int = 60, vary: tuple[str, ...] = ()
) -> HttpResponse:
    """With what every answer carries: who may keep it and for how long, and a name for this content."""
    for name, value in OPEN.items():
        response[name] = value
    patch_vary_headers(response, vary)
    if fresh_for:
        patch_cache_control(response, public=True, max_age=fresh_for)
    else:
        patch_cache_control(response, private=True, no_store=True)
    if response.status_code != 200:
        return response
    etag = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    answered = get_conditional_response(request, etag=etag, response=response)
    if isinstance(answered, HttpResponseNotModified):
        for name in ("Vary", "Cache-Control", *OPEN):
            answered[name] = response[name]
    return answered or response
