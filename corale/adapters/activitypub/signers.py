"""Who asks us for something, where that makes a difference: what only followers, or only those named, may read."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest

from corale.adapters.activitypub.hosts import host_of, is_blocked
from corale.adapters.activitypub.keyring import Keyring
from corale.adapters.activitypub.models import RemoteActor
from corale.adapters.activitypub.signing import NotBelieved, Request, verify


def signer_of(request: HttpRequest) -> RemoteActor | None:
    """Whoever signed this request; None when nobody did, when they are not believed, or when we do not want to hear
    them. Somebody new costs one fetch. A server that asks for several of its people signs with an actor of its own."""
    if "Signature" not in request.headers and "Authorization" not in request.headers:
        return None
    try:
        with Keyring() as keyring:
            verified = verify(Request.of(request), keyring)
            if is_blocked(host_of(verified.actor_uri)):
                return None
            with transaction.atomic():
                signer = keyring.signer()
    except NotBelieved:
        return None
    return None if signer.is_blocked else signer
