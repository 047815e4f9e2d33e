"""Who is asking: the person behind the signed-in user, their language and their clock."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from corale.people.models import Person

LANGUAGES = {code for code, _name in settings.LANGUAGES}


class PersonMiddleware:
    """Sets `request.person`, speaks their language, and tells times in their own zone."""

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
        if person is not None and person.language in LANGUAGES:
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        with timezone.override(zone_of(person)):
            response = self.get_response(request)
        if person is not None and (chosen := response.cookies.get(settings.LANGUAGE_COOKIE_NAME)):
            _keep_language(person, chosen.value)
        return response


def _keep_language(person: Person, language: str) -> None:
    """Whoever switches the language on one screen has chosen it for all."""
    if language in LANGUAGES and person.language != language:
        Person.objects.filter(pk=person.pk).update(language=language)


def zone_of(person: Person | None) -> zoneinfo.ZoneInfo:
    """The person's time zone; Rome when none was chosen (the company's, in a later setting)."""
    try:
        return zoneinfo.ZoneInfo(person.time_zone if person and person.time_zone else "Europe/Rome")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
