"""What was just done can be taken back for a while: the offer waits in the session, and the page shows it."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

KEY = "respond_undo"
KEPT = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence, and how long it can still be taken back."""

    key: str
    text: str
    left: int

    @property
    def url(self) -> str:
        return reverse("respond:undo", args=[self.key])


def offer(request: HttpRequest, text: str, *, seconds: float, act: str, data: Any) -> str:
    """Keeps what is needed to take it back; only the last few are remembered."""
    kept: dict[str, Any] = request.session.get(KEY, {})
    key = secrets.token_urlsafe(9)
    kept[key] = {"text": text, "until": time.time() + seconds, "act": act, "data": data}
    request.session[KEY] = dict(list(kept.items())[-KEPT:])
    return key


def offered(request: HttpRequest) -> Offer | None:
    """The newest offer that still holds."""
    for key, entry in reversed(list(request.session.get(KEY, {}).items())):
        if (left := entry["until"] - time.time()) > 1:
            return Offer(key, entry["text"], int(left))
    return None


def take(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """What an offer holds, once; a second of grace for a click on its way."""
    kept: dict[str, Any] = request.session.get(KEY, {})
    entry: dict[str, Any] | None = kept.pop(key, None)
    if entry is None:
        return None
    request.session[KEY] = kept
    return entry if entry["until"] + 1 > time.time() else None
