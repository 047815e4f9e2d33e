"""Who asks, whether we speak to them, and whether what is not public is for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from corale.adapters.activitypub.hosts import host_of, is_blocked
from corale.adapters.activitypub.models import Follower, Post, RemoteActor
from corale.adapters.activitypub.signers import signer_of
from corale.adapters.activitypub.views.answers import as_json

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
VARY = ("Accept", "Signature")
_KEY_ID = re.compile(r'keyid="([^"]{1,500})"', re.IGNORECASE)


def who_asks(request: HttpRequest) -> RemoteActor | None:
    """The actor whose signature is on the request; None when there is none that we believe. Asked once for each."""
    if not hasattr(request, "signer"):
        request.signer = signer_of(request)  # type: ignore[attr-defined]
    return cast("RemoteActor | None", request.signer)  # type: ignore[attr-defined]


def may_read(thing: Post | Mapping[str, Any], asker: RemoteActor | None) -> bool:
    """Whether somebody is named in it; or follows us, where it is for our followers."""
    if asker is None:
        return False
    if asker.uri in set(recipients(thing.document if isinstance(thing, Post) else thing)):
        return True
    if not isinstance(thing, Post) or thing.audience != Post.Audience.FOLLOWERS:
        return False
    following = Follower.objects.filter(actor=thing.actor, remote=asker)
    return following.filter(state=Follower.State.ACCEPTED, ended_at=None).exists()


def recipients(document: Mapping[str, Any]) -> Iterator[str]:
    """Everybody named in `to` and `cc`."""
    for key in ("to", "cc"):
        value = document.get(key) or ()
        yield from [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]


def for_those_we_speak_to(view: View) -> View:
    """Blocked servers are told no (403); and everybody who does not say who they are (401), where signatures are
    required: CORALE_AUTHORIZED_FETCH. Actor documents are outside of this: see there."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return unwelcome(request) or view(request, *args, **kwargs)

    return cast(View, answered)


def unwelcome(request: HttpRequest) -> HttpResponse | None:
    """The answer to those with whom we do not speak."""
    if (host := claimed_host(request)) and is_blocked(host):
        return _no(request, "we do not speak with your server", 403)
    if settings.CORALE_AUTHORIZED_FETCH and who_asks(request) is None:
        return _no(request, "a signature is required", 401)
    return None


def claimed_host(request: HttpRequest) -> str:
    """From where they say they come. Not verified: whoever lies here only shuts themselves out."""
    said = request.headers.get("Signature-Input", "") + request.headers.get("Signature", "")
    found = _KEY_ID.search(said) if said else None
    return host_of(found[1]) if found else ""


def _no(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return as_json(request, {"error": why}, kind="application/json", status=status, fresh_for=0, vary=VARY)
