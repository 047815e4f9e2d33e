"""Our accounts, connected in three steps."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corale.accounts.policies import coordinator_required, is_administrator
from corale.channels import offers
from corale.channels.actions.connections import change_state, connect
from corale.channels.contract import Adapter
from corale.channels.errors import ChannelError
from corale.channels.forms import ConnectForm
from corale.channels.models import Connection, Envelope
from corale.channels.registry import adapter_for
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.request import PersonRequest

OFFERED = ("bluesky",)  # kinds that a person can connect here; others arrive by import or belong to the demo
State = Connection.State


@require_GET
@coordinator_required
def connections(request: PersonRequest) -> HttpResponse:
    """Every account: whether it is heard, since when, what is wrong and what to do."""
    shown = list(Connection.objects.exclude(state=State.REMOVED).order_by("kind", "handle")[:100])
    unread = dict(Envelope.objects.unreadable().order_by().values_list("connection").annotate(count=Count("id")))
    for connection in shown:
        connection.unreadable = unread.get(connection.pk, 0)  # type: ignore[attr-defined]
    adapters = [adapter_for(kind) for kind in OFFERED]
    context = {"connections": shown, "adapters": adapters, "offers": _offers(request, shown)}
    return page(request, "channels/connections.html", context)


def _offers(request: PersonRequest, shown: list[Connection]) -> list[offers.Offer]:
    """What an administrator may still turn on; and, on each connection of such a kind, where it is looked after."""
    if not is_administrator(request.user):
        return []
    there = {offer.kind: offer for offer in offers.offers()}
    for connection in shown:
        if (offer := there.pop(connection.kind, None)) is not None:
            connection.look_after = offer.look_after  # type: ignore[attr-defined]
    return list(there.values())


@require_http_methods(["GET", "POST"])
@coordinator_required
def new(request: PersonRequest, kind: str) -> HttpResponse:
    """Step one says what will be read and written; step two asks for the credentials and tries them."""
    if kind not in OFFERED:
        raise Http404
    adapter = adapter_for(kind)
    if request.method == "GET" and "agreed" not in request.GET:
        return page(request, "channels/connect_about.html", {"adapter": adapter, "step": 1})
    form = ConnectForm(adapter, request.POST or None)
    problem: ChannelError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            connection = connect(kind, form.cleaned_data, by_id=request.person.pk)
        except ChannelError as error:
            problem = error
        else:
            audit(request, "channel.connected", target=f"connection:{connection.pk}", handle=connection.handle)
            return HttpResponseRedirect(reverse("channels:first", args=[connection.pk]))
    context = {"adapter": adapter, "form": form, "problem": _problem(adapter, problem), "step": 2}
    return page(request, "channels/connect_form.html", context, status=422 if problem or form.errors else 200)


def _problem(adapter: Adapter, problem: ChannelError | None) -> dict[str, Any] | None:
    if problem is None:
        return None
    return {
        "text": _("%(channel)s said: %(words)s") % {"channel": adapter.name, "words": problem},
        "advice": _(problem.advice) if problem.advice else "",
    }


@require_GET
@coordinator_required
def first(request: PersonRequest, pk: int) -> HttpResponse:
    """Step three waits for the first message, and shows it when it comes."""
    connection = get_object_or_404(Connection, pk=pk)
    heard = connection.envelopes.exists()
    return page(
        request, "channels/connect_first.html", {"connection": connection, "heard": heard, "step": 3}, part="first"
    )


@require_POST
@coordinator_required
def state(request: PersonRequest, pk: int) -> HttpResponse:
    """Pause, go on, remove."""
    connection = get_object_or_404(Connection.objects.exclude(state=State.REMOVED), pk=pk, demo=False)
    wanted = request.POST.get("state")
    if wanted not in (State.PAUSED, State.ACTIVE, State.REMOVED):
        raise Http404
    if wanted == State.ACTIVE and connection.state == State.DISCONNECTED:
        return HttpResponseRedirect(f"{reverse('channels:new', args=[connection.kind])}?agreed=1")
    change_state(connection, wanted, by_id=request.person.pk)
    audit(request, f"channel.{wanted}", target=f"connection:{connection.pk}", handle=connection.handle)
    return HttpResponseRedirect(reverse("channels:connections"))


@require_http_methods(["GET", "POST"])
@coordinator_required
def unreadable(request: PersonRequest, pk: int) -> HttpResponse:
    """What arrived and could not be understood: kept, shown, and read again when asked (after an upgrade)."""
    connection = get_object_or_404(Connection, pk=pk)
    unread = connection.envelopes.unreadable()
    if request.method == "POST":
        from corale.channels.signals import envelopes_kept

        Envelope.objects.filter(pk__in=list(unread.values_list("pk", flat=True)[:10_000])).update(
            state=Envelope.State.NEW, problem=""
        )
        envelopes_kept.send(Connection, connection=connection)
        audit(request, "channel.reread", target=f"connection:{connection.pk}")
        return HttpResponseRedirect(reverse("channels:unreadable", args=[pk]))
    before = request.GET.get("before", "")
    some = unread.filter(pk__lt=int(before)) if before.isdecimal() else unread
    shown = list(some.order_by("-id")[:51])
    context = {
        "connection": connection,
        "envelopes": [(each, bytes(each.body[:2000]).decode("utf-8", "replace")) for each in shown[:50]],
        "later": shown[49].pk if len(shown) > 50 else None,
    }
    return page(request, "channels/unreadable.html", context)
