"""Servers we know, and what we decided about them."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corale.accounts.policies import admin_mode_required, administrator_required
from corale.adapters.activitypub.models import Dispatch, Follower, RuleChange, Server
from corale.adapters.activitypub.moderation_forms import NewRuleForm, RuleForm
from corale.adapters.activitypub.rules import Rule, decide, take_back
from corale.adapters.activitypub.views.moderation.places import A_PAGE, tabs, turned_on
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.lib.numbers import whole_number
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.store.keyset import cut

HISTORY = 20
UNSENT = (Dispatch.State.WAITING, Dispatch.State.SENDING)
RULED = ~Q(stance="open") | Q(rejects_media=True) | Q(rejects_reports=True)
ONLY: dict[str, tuple[Promise, Q]] = {
    "": (_("All"), Q()),
    "ruled": (_("With a rule"), RULED),
    "blocked": (_("Blocked"), Q(stance="blocked")),
    "limited": (_("Limited"), Q(stance="limited")),
    "failing": (_("Not reached"), Q(failures__gt=0)),
}


@require_safe
@administrator_required
def servers(request: PersonRequest) -> HttpResponse:
    """By name: what they run, when we heard them last, what waits for them."""
    turned_on()
    only, words = request.GET.get("only", ""), request.GET.get("q", "").strip().lower()[:100]
    only = only if only in ONLY else ""
    part = cut(_found(only, words), ["host"], request.GET.get("after", "")[:300], size=A_PAGE)
    _count_waiting(part.rows)
    context = {
        "servers": part.rows, "later": part.later, "only": only, "q": words, "tabs": tabs(request), "here": "servers",
        "choices": [(key, label) for key, (label, _where) in ONLY.items()],
    }  # fmt: skip
    return page(request, "activitypub/moderation/servers.html", context)


def _found(only: str, words: str) -> QuerySet[Server]:
    found = Server.objects.filter(ONLY[only][1])
    return found.filter(Q(host__contains=words) | Q(software__icontains=words)) if words else found


def _count_waiting(shown: list[Server]) -> None:
    waiting = Dispatch.objects.filter(server__in=shown, state__in=UNSENT).order_by()
    counts = dict(waiting.values_list("server").annotate(number=Count("id")))
    for server in shown:
        server.waiting = counts.get(server.pk, 0)  # type: ignore[attr-defined]


@require_safe
@administrator_required
def server(request: PersonRequest, pk: int) -> HttpResponse:
    """One of them: how it stands between us, and every decision about it with who and when."""
    turned_on()
    found = get_object_or_404(Server, pk=pk)
    _count_waiting([found])
    changes = list(found.changes.select_related("run").order_by("-id")[:HISTORY])
    people = Person.objects.in_bulk({change.by_id for change in changes})
    history = [(change, Rule.of(change.after), people.get(change.by_id)) for change in changes]
    context = {
        "server": found, "history": history, "now": Rule.of(found), "sample": _unreached(found),
        "followers": Follower.objects.standing().filter(remote__server=found)[:10_000].count(),
        "people": found.actors.all()[:10_000].count(),
    }  # fmt: skip
    return page(request, "activitypub/moderation/server.html", context)


def _unreached(found: Server) -> Dispatch | None:
    """What waits for them, with what was said the last time."""
    waiting = Dispatch.objects.filter(server=found, state=Dispatch.State.WAITING)
    return waiting.exclude(problem="").order_by("-id").first()


@require_http_methods(["GET", "POST"])
@admin_mode_required
def rule(request: PersonRequest, pk: int) -> HttpResponse:
    """Decides about a server we know."""
    turned_on()
    found = get_object_or_404(Server, pk=pk)
    form = RuleForm(request.POST if request.method == "POST" else None, initial=asdict(Rule.of(found)))
    if request.method == "POST" and form.is_valid():
        return _decided(request, found.host, form.rule)
    context = {"form": form, "server": found}
    return page(request, "activitypub/moderation/rule.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@admin_mode_required
def new_rule(request: PersonRequest) -> HttpResponse:
    """Decides about any server, met or not."""
    turned_on()
    form = NewRuleForm(
        request.POST if request.method == "POST" else None,
        initial={"stance": Server.Stance.BLOCKED, "host": request.GET.get("q")},
    )
    if request.method == "POST" and form.is_valid():
        return _decided(request, form.cleaned_data["host"], form.rule)
    return page(request, "activitypub/moderation/rule.html", {"form": form}, status=422 if form.errors else 200)


def _decided(request: PersonRequest, host: str, rule: Rule) -> HttpResponse:
    change = decide(host, rule, by_id=request.person.pk)
    if change is None:
        messages.info(request, _("It was so already."))
        return redirect("activitypub:server", Server.objects.get(host=host).pk)
    audit(request, "fediverse.server_ruled", target=f"server:{change.server_id}", host=host, **asdict(rule))
    messages.success(request, _("Saved. It holds from now on, for all of its subdomains too."))
    return redirect("activitypub:server", change.server_id)


@require_POST
@admin_mode_required
def rule_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Takes one decision back, unless another came after it."""
    turned_on()
    changes = RuleChange.objects.select_related("server").filter(server=pk)
    change = get_object_or_404(changes, pk=whole_number(request.POST.get("change", "")))
    if take_back(change, by_id=request.person.pk):
        audit(request, "fediverse.rule_undone", target=f"server:{pk}", host=change.server.host)
        messages.success(request, _("Taken back. Whoever followed us from there follows us again."))
    else:
        messages.error(request, _("Something else was decided since. Change the rule instead."))
    return redirect("activitypub:server", pk)
