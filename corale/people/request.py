"""A request by somebody who has signed in."""

from __future__ import annotations

from django.http import HttpRequest

from corale.people.models import Person


class PersonRequest(HttpRequest):
    """`request.person` is the colleague who asks."""

    person: Person
