"""Who is asking: the person behind the signed-in user, their language and their clock."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from corale.people.models import Person


class PersonMiddleware:
    """Sets `request.person`, and tells times in that person's own zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person: Any = None
        if request.user.is_authenticated:
            person = Person.objects.filter(user_id=request.user.pk).first()
            if person is None:
                person = Person.objects.create(user_id=request.user.pk, name=request.user.email.partition("@")[0])
            person.user = request.user
        request.person = person  # type: ignore[attr-defined]
        with timezone.override(zone_of(person)):
            return self.get_response(request)


def zone_of(person: Person | None) -> zoneinfo.ZoneInfo:
    """The person's time zone; Rome when none was chosen (the company's, in a later setting)."""
    try:
        return zoneinfo.ZoneInfo(person.time_zone if person and person.time_zone else "Europe/Rome")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
