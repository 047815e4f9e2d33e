"""Where others bring us what they say: one address for each of us, and one for all."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from corale.adapters.activitypub.hosts import host_of
from corale.adapters.activitypub.inbox import receive, refusing
from corale.adapters.activitypub.inbox.places import place
from corale.adapters.activitypub.signing import NotBelieved
from corale.adapters.activitypub.signing.rfc9421 import ACCEPT
from corale.adapters.activitypub.wire.fields import uri
from corale.channels.models import Connection

ASKS = {
    "WWW-Authenticate": 'Signature realm="inbox",headers="(request-target) host date digest"',
    "Accept-Signature": f"sig1{ACCEPT}",
}
"""How one signs here: in the draft's words, and in RFC 9421's (section 5)."""


@csrf_exempt
@login_not_required
def inbox(request: HttpRequest, name: str = "") -> HttpResponse:
    """202 when it is kept, or need not be; otherwise why not. The rest is done after the answer (ActivityPub, 7)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    name = name.lower()
    connection, status = place(name)
    return _received(request, connection, name) if connection is not None else _refused("nobody_here", status)


def _received(request: HttpRequest, connection: Connection, name: str) -> HttpResponse:
    sender = ""
    try:
        body = receive.body_of(request)
        activity = receive.activity_in(body)
        sender = host_of(uri(activity.get("actor")))
        receive.receive(request, connection, name, body, activity)
    except NotBelieved as error:
        refusing.count(error.reason, sender)
        return _refused(error.reason, error.status, error.retry_after)
    return HttpResponse(status=202)


def _refused(reason: str, status: int, retry_after: int | None = None) -> HttpResponse:
    """For whoever reads the log over there."""
    headers = dict(ASKS) if status == 401 else {}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return JsonResponse({"error": reason}, status=status, headers=headers)
