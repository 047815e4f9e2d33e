"""What templates may ask about signing in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from corale.accounts import admin_mode
from corale.accounts.models import Company


def accounts(request: HttpRequest) -> dict[str, Any]:
    """`company`, asked for only when shown, and `admin_mode_ends_at`."""
    return {
        "company": SimpleLazyObject(lambda: Company.current().name),
        "admin_mode_ends_at": lambda: admin_mode.ends_at(request),
    }
