"""Which of our three answers somebody wants: a page for people, or one of the two names of ActivityPub's JSON."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.http.request import MediaType

HTML: Final = "text/html"
ACTIVITY: Final = "application/activity+json"
LD: Final = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
PROFILE: Final = "https://www.w3.org/ns/activitystreams"


def wanted(request: HttpRequest, *, otherwise: str) -> str:
    """HTML, ACTIVITY or LD by the Accept header (RFC 9110, section 12.5.1; ActivityPub, section 3.2).

    The highest q wins, among equals the one that is said more exactly, and a name always wins over a star. `otherwise`
    is for those who take anything, and for those who name only what we do not have: they are better served with
    something.
    """
    best, quality = otherwise, 0.0
    for accepted in request.accepted_types:
        kind = _ours(accepted)
        if kind and accepted.quality > quality:
            best, quality = kind, accepted.quality
    return best


def _ours(accepted: MediaType) -> str:
    match f"{accepted.main_type}/{accepted.sub_type}".lower():
        case "text/html" | "application/xhtml+xml":
            return HTML
        case "application/activity+json" | "application/json":
            return ACTIVITY
        case "application/ld+json":
            profiles = str(accepted.params.get("profile", PROFILE))
            return LD if PROFILE in profiles.strip("\"'").split() else ""
    return ""
