"""Somebody elsewhere: blocked, muted, complained of; beside their page and their conversations."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corale.accounts.policies import coordinator_required, is_administrator, is_coordinator, local
from corale.adapters.activitypub import own, shunning
from corale.adapters.activitypub.complaining import complain
from corale.adapters.activitypub.hosts import is_blocked
from corale.adapters.activitypub.models import RemoteActor, Shunning
from corale.adapters.activitypub.moderation_forms import ComplaintForm
from corale.adapters.activitypub.mutual import accounts_of
from corale.adapters.activitypub.views.moderation.places import turned_on
from corale.channels import record
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.models import Person
from corale.people.request import PersonRequest

LAST = 20  # things they said, to choose from
AUDITED = {
    "block": "fediverse.person_blocked", "unblock": "fediverse.person_unblocked",
    "mute": "fediverse.person_muted", "unmute": "fediverse.person_unmuted",
}  # fmt: skip


@require_safe
def piece(request: PersonRequest, pk: int) -> HttpResponse:
    """What stands between us and each account of theirs on the fediverse; nothing where they have none."""
    accounts = _accounts(request, pk)
    standing = list(Shunning.objects.filter(remote__in=accounts, ended_at=None).select_related("remote").order_by("pk"))
    people = Person.objects.in_bulk({each.by_id for each in standing})
    context = {
        "accounts": accounts, "pk": pk, "here": request.GET.get("here", "")[:300],
        "standing": [(each, people.get(each.by_id)) for each in standing],
        "may_block": is_coordinator(request.user), "may_rule": is_administrator(request.user),
    }  # fmt: skip
    return render(request, "activitypub/moderation/_person.html", context)


@require_POST
def shun(request: PersonRequest, pk: int, verb: str) -> HttpResponse:
    """Blocks or mutes one account, and takes that back. Blocking is a coordinator's: others are told of it."""
    turned_on()
    if verb not in AUDITED or ("block" in verb and not is_coordinator(request.user)):
        raise Http404
    remote = _chosen(request, pk, request.POST.get("account", ""))
    _do(verb, remote, by_id=request.person.pk, reason=request.POST.get("reason", ""))
    audit(request, AUDITED[verb], target=f"person:{pk}", whom=str(remote))
    messages.success(request, str(DONE[verb]) % {"who": remote})
    return redirect(local(request, request.POST.get("here", ""), f"/people/{pk}/"))


def _do(verb: str, remote: RemoteActor, *, by_id: int, reason: str) -> None:
    if verb == "block":
        shunning.block(remote, by_id=by_id, reason=reason)
    elif verb == "mute":
        shunning.mute(remote, by_id=by_id, reason=reason)
    else:
        shunning.end(remote, verb.removeprefix("un"), by_id=by_id)


DONE: dict[str, Promise] = {
    "block": _("%(who)s is blocked, and told so."),
    "unblock": _("%(who)s is no longer blocked, and told so. Whoever followed may follow again."),
    "mute": _("%(who)s is muted. Nobody is told; what they write waits in Quarantine."),
    "unmute": _("%(who)s is no longer muted. What waits in Quarantine is still there."),
}


@require_http_methods(["GET", "POST"])
@coordinator_required
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """A complaint to the moderators of their server: what they said, and what is wrong with it."""
    turned_on()
    connection = own.connection()
    assert connection is not None
    remote = _chosen(request, pk, request.GET.get("account", ""))
    said = record.said_by(connection, remote.uri, LAST)
    form = ComplaintForm(
        said, request.POST if request.method == "POST" else None, initial={"said": [request.GET.get("said", "")]}
    )
    if request.method == "POST" and form.is_valid():
        made = complain(remote, form.cleaned_data["words"], form.cleaned_data["said"], by_id=request.person.pk)
        audit(request, "fediverse.report_sent", target=f"person:{pk}", whom=str(remote), messages=len(made.about))
        messages.success(request, _("On its way to the moderators of %(host)s.") % {"host": remote.server.host})
        return redirect(f"{reverse('activitypub:complaints')}?which=ours")
    context = {"form": form, "remote": remote, "pk": pk, "is_blocked": is_blocked(remote.server.host)}
    return page(request, "activitypub/moderation/report.html", context, status=422 if form.errors else 200)


def _accounts(request: PersonRequest, pk: int) -> list[RemoteActor]:
    """Those of a person that live on the fediverse, and are not ours."""
    return accounts_of(get_object_or_404(Person.objects.visible_to(request.person), pk=pk).pk)


def _chosen(request: PersonRequest, pk: int, said: str) -> RemoteActor:
    accounts = _accounts(request, pk)
    chosen = [each for each in accounts if str(each.pk) == said] or (accounts[:1] if not said else [])
    if not chosen:
        raise Http404
    return chosen[0]
