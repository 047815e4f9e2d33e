"""Who is at the other end of a stream: the session's user, and which of the wished topics they may have."""

from __future__ import annotations

from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from corale.live.topics import MOST, may_listen

Headers = list[tuple[bytes, bytes]]


def header(headers: Headers, name: bytes) -> str:
    return next((value.decode("latin1") for key, value in headers if key == name), "")


def session_of(headers: Headers) -> str:
    try:
        cookie = SimpleCookie(header(headers, b"cookie")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def topics_of(query: bytes) -> list[str]:
    """`?topics=inbox,conversation:12`, each once; more than anybody needs are cut."""
    wished = parse_qs(query.decode("latin1")).get("topics", [""])[0]
    return list(dict.fromkeys(filter(None, wished.split(","))))[:MOST]


def moment_of(query: bytes) -> datetime | None:
    """`?at=`: the second in which the page was written, and one more before it, for what was being committed."""
    said = parse_qs(query.decode("latin1")).get("at", [""])[0]
    return datetime.fromtimestamp(int(said) - 1, UTC) if said.isdecimal() and 0 < len(said) < 11 else None


def permitted(session_key: str, topics: list[str]) -> list[str] | None:
    """The topics this session may hear; None when it is nobody's. Reads the database: call it in a thread."""
    request: Any = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request) if session_key else None
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    return [topic for topic in topics if may_listen(user, topic)]
