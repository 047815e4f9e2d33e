"""Complaints of other servers about us, and ours about people of theirs; for coordinators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from corale.accounts.policies import coordinator_required, is_administrator
from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Complaint, Dispatch, OurComplaint, Post
from corale.adapters.activitypub.moderation_forms import WordsForm
from corale.adapters.activitypub.views.moderation.places import A_PAGE, tabs, turned_on
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.store.keyset import cut

CHOICES: dict[str, Promise] = {"": _("Open"), "settled": _("Settled"), "ours": _("Sent by us")}


@dataclass
class Shown:
    """A complaint, with who and what of ours it means."""

    complaint: Complaint
    form: WordsForm
    actors: list[Actor] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    closed_by: Person | None = None


@require_safe
@coordinator_required
def complaints(request: PersonRequest) -> HttpResponse:
    """Newest first: those that nobody has settled, or the others."""
    turned_on()
    which = request.GET.get("which", "")
    which = which if which in CHOICES else ""
    after = request.GET.get("after", "")[:100]
    context = {
        "tabs": tabs(request), "here": "complaints", "which": which, "choices": CHOICES.items(),
        "is_administrator": is_administrator(request.user),
    }  # fmt: skip
    if which == "ours":
        part = cut(OurComplaint.objects.select_related("remote__server"), ["-id"], after, size=A_PAGE)
        rows = _ours(part.rows)
        return page(request, "activitypub/moderation/ours.html", {**context, "rows": rows, "later": part.later})
    found = Complaint.objects.filter(closed_at__isnull=which != "settled").select_related("server")
    some = cut(found, ["-id"], after, size=A_PAGE)
    context |= {"rows": _shown(some.rows), "later": some.later}
    return page(request, "activitypub/moderation/complaints.html", context)


def _shown(found: Sequence[Complaint]) -> list[Shown]:
    about = {uri for each in found for uri in each.about[:100]}
    posts = {post.uri: post for post in Post.objects.select_related("actor__person").filter(uri__in=about)}
    names = {addresses.name_in(uri) for uri in about} - {""}
    actors = {actor.name: actor for actor in Actor.objects.select_related("person").filter(name__in=names)}
    people = Person.objects.in_bulk({each.closed_by_id for each in found if each.closed_by_id})
    return [_one(each, posts, actors, people) for each in found]


def _one(each: Complaint, posts: dict[str, Post], actors: dict[str, Actor], people: dict[int, Person]) -> Shown:
    meant = {addresses.name_in(uri) for uri in each.about}
    return Shown(
        each,
        WordsForm(initial={"note": each.note}, auto_id=f"id_%s_{each.pk}"),
        [actors[name] for name in sorted(meant) if name in actors],
        [posts[uri] for uri in each.about if uri in posts],
        people.get(each.closed_by_id or 0),
    )


def _ours(found: Sequence[OurComplaint]) -> list[tuple[OurComplaint, Person | None, int]]:
    """With who wrote it, and how it is on its way."""
    people = Person.objects.in_bulk({each.by_id for each in found})
    activities = [each.activity_id for each in found]
    states = dict(Dispatch.objects.filter(activity__in=activities).values_list("activity_id", "state"))
    return [
        (each, people.get(each.by_id), states.get(each.activity_id, Dispatch.State.DROPPED)) for each in found
    ]  # fmt: skip


@require_POST
@coordinator_required
def complaint(request: PersonRequest, pk: int) -> HttpResponse:
    """Settles it with a note, or opens it again."""
    turned_on()
    found = get_object_or_404(Complaint, pk=pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The note is too long. Shorten it."))
        return redirect("activitypub:complaints")
    settles = request.POST.get("do") == "settle"
    found.note = form.cleaned_data["note"]
    found.closed_at, found.closed_by_id = (timezone.now(), request.person.pk) if settles else (None, None)
    found.save(update_fields=["note", "closed_at", "closed_by_id"])
    audit(request, "fediverse.report_settled" if settles else "fediverse.report_opened", target=f"report:{pk}")
    messages.success(request, _("Settled. It stands under Settled.") if settles else _("Open again."))
    return redirect("activitypub:complaints")
