"""Signing somebody in without the sign-in page: they came by a link that vouches for them."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from corale.accounts.models import User

YEAR = 365 * 24 * 3600


def come_in(request: HttpRequest, user: User, *, language: str = "") -> HttpResponse:
    """To the desk; the language chosen holds on this screen from the next page on."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.purge_and_list(user)  # the session before, if there was one, is gone
    UserSession.objects.create_from_request(request)
    response = redirect("/")
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", max_age=YEAR)
    return response
