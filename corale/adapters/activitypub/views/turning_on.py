"""The fediverse is turned on in three steps: what happens, who the company is there, the first message."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from corale.accounts.models import Company
from corale.accounts.policies import admin_mode_required
from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.forms import TurnOnForm
from corale.adapters.activitypub.own import NameRefused
from corale.channels.registry import adapter_for
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.request import PersonRequest


@require_http_methods(["GET", "POST"])
@admin_mode_required
def turn_on(request: PersonRequest) -> HttpResponse:
    """Names and addresses can never change afterwards, so an address that will not last asks for a second thought."""
    if own.connection() is not None:
        return redirect("activitypub:company")
    context = {
        "adapter": adapter_for(own.KIND), "host": addresses.handle_host(), "url": addresses.base(),
        "provisional": provisional(), "again": own.brand(),
    }  # fmt: skip
    if request.method == "GET" and "agreed" not in request.GET:
        return page(request, "activitypub/turn_on_about.html", context | {"step": 1})
    company = Company.current()
    form = TurnOnForm(
        request.POST or None, request.FILES or None, is_provisional=bool(provisional()),
        initial={"display_name": company.name, "name": _suggested(company.name)},
    )  # fmt: skip
    if request.method == "POST" and (context["again"] or form.is_valid()):
        try:
            return _turned_on(request, form)
        except NameRefused:
            form.add_error("name", "")
    return page(request, "activitypub/turn_on.html", context | {"form": form, "step": 2}, status=_status(form))


def _turned_on(request: PersonRequest, form: TurnOnForm) -> HttpResponse:
    before = own.brand()
    said: dict[str, Any] = dict(form.cleaned_data) if before is None else {"name": before.name}
    connection = own.enable(
        name=said["name"], display_name=said.get("display_name", ""), summary=said.get("summary", ""),
        picture=said.get("picture"), language=Company.current().language, by_id=request.person.pk,
    )  # fmt: skip
    audit(request, "channel.connected", target=f"connection:{connection.pk}", handle=connection.handle)
    return HttpResponseRedirect(reverse("channels:first", args=[connection.pk]))


def provisional() -> str:
    """Why the address of this house will not last: "http", "here" (a name or number of this machine or network);
    "" when nothing speaks against it."""
    parts = urlsplit(addresses.base())
    if _is_here(parts.hostname or ""):
        return "here"
    return "" if parts.scheme == "https" else "http"


def _is_here(host: str) -> bool:
    """A name that only this machine or network knows; or a number, which is nobody's name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal", ".lan"))
    return True


def _suggested(company: str) -> str:
    name = "".join(sign for sign in company.lower() if sign.isascii() and (sign.isalnum() or sign == "_"))[:30]
    return name if own.is_possible(name) else ""


def _status(form: TurnOnForm) -> int:
    return 422 if form.errors else 200
