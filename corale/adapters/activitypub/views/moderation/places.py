"""The pages of moderation, side by side; and who stands before them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corale.accounts.policies import is_administrator
from corale.adapters.activitypub import followers, own
from corale.adapters.activitypub.models import Complaint, Server
from corale.people.request import PersonRequest

A_PAGE = 50
COUNTED = 100
"""Numbers on tabs are counted so far, and then say "100+"."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages."""

    key: str
    label: Promise
    url: str
    count: int = 0


def tabs(request: PersonRequest) -> list[Tab]:
    """Complaints and the company's followers are for coordinators; the others for administrators."""
    waiting = Complaint.objects.filter(closed_at=None)[:COUNTED].count()
    brand = own.brand()
    asking = followers.waiting(brand) if brand is not None else 0
    shown = [
        Tab("complaints", _("Reports"), reverse("activitypub:complaints"), waiting),
        Tab("followers", _("Followers"), reverse("activitypub:company_followers"), asking),
    ]
    if is_administrator(request.user):
        failing = Server.objects.filter(failures__gt=0)[:COUNTED].count()
        shown = [
            Tab("refused", _("Refused"), reverse("activitypub:moderation")),
            Tab("servers", _("Servers"), reverse("activitypub:servers"), failing),
            *shown,
        ]
    return shown


def turned_on() -> None:
    """404 where the company is not on the fediverse."""
    if own.connection() is None:
        raise Http404
