"""The powers of administration: taken for half an hour, seen by all who look at the screen, recorded."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from django.http import HttpRequest

from corale.accounts.policies import ADMIN_MODE, MINUTES, admin_mode_until, in_admin_mode
from corale.ledger.audit import audit


def enter(request: HttpRequest) -> None:
    """Called after the person has proved again that it is them."""
    request.session[ADMIN_MODE] = time.time() + MINUTES * 60
    audit(request, "admin_mode.entered")


def leave(request: HttpRequest) -> None:
    """Doing it twice is doing it once."""
    if request.session.pop(ADMIN_MODE, 0) > time.time():
        audit(request, "admin_mode.left")


def ends_at(request: HttpRequest) -> datetime | None:
    """When the mode ends, while it lasts."""
    return datetime.fromtimestamp(admin_mode_until(request), UTC) if in_admin_mode(request) else None


def banner(request: HttpRequest) -> str | None:
    """Above every page while the mode lasts."""
    return "accounts/_admin_mode.html" if in_admin_mode(request) else None


def unfinished_banner(request: HttpRequest) -> str | None:
    """Above every page until the first person has chosen an address and a password."""
    return "accounts/_unfinished.html" if getattr(getattr(request, "user", None), "is_provisional", False) else None
