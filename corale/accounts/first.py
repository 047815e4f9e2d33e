"""The first person, and the way back in for whoever holds the console."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from corale.accounts.models import OneTimeLink, User
from corale.ledger.audit import audit


def sign_in_link(base_url: str, *, at_once: bool = True) -> str:
    """What `corale up` prints: the address, and while nobody has an account of their own, a link that lets one in.

    The link is good for a day and for one use. `at_once` lets the first person in before asking who they are; without
    it the link leads to a form. While the only account is provisional, each call makes a new link to it, so that a
    closed browser locks nobody out.
    """
    here = list(User.objects.at_home()[:2])
    if not here:
        return _link(base_url, None, at_once=at_once)
    if here[0].is_provisional and len(here) == 1:
        return _link(base_url, here[0].pk)
    return f"{base_url.rstrip('/')}/"


def link_for(email: str, base_url: str = "") -> str:
    """A link that signs this user in once, for `corale sign-in EMAIL`; also past a lost second factor.

    Raises `User.DoesNotExist` for an address that belongs to nobody who may come in.
    """
    user = User.objects.active().get(email=email.strip().lower())
    audit(None, "sign_in_link.made", f"user:{user.pk}")
    return _link(base_url or str(settings.CORALE_URL), user.pk)


def _link(base_url: str, user_id: int | None, *, at_once: bool = True) -> str:
    token = OneTimeLink.make(user_id, at_once=at_once)
    return base_url.rstrip("/") + reverse("accounts:welcome", args=[token])
