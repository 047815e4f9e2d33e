"""A piece of a person's page: who follows whom."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corale.adapters.activitypub import mutual, own
from corale.people.request import PersonRequest


@require_safe
def piece(request: PersonRequest, pk: int) -> HttpResponse:
    """Nothing where they have no account on the fediverse. Following back is done by whoever looks, in their own name,
    or in the company's."""
    accounts = mutual.accounts_of(pk) if own.connection() is not None else []
    bonds = mutual.bonds(accounts)
    voice = own.actor_for(request.person.pk) or own.brand()
    followed = {each.remote.pk for each in bonds if each.we_since and each.voice == voice}
    followers = {each.remote.pk for each in bonds if each.they_since}
    others = [(each, each.pk in followers) for each in accounts if each.pk not in followed and each.gone_at is None]
    return render(
        request, "activitypub/_bonds.html", {"accounts": accounts, "bonds": bonds, "others": others, "voice": voice}
    )
