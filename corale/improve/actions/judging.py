"""What a colleague says of a proposal: it is a theme, it is none, or this message does not belong to it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from corale.conversations.models import Message
from corale.improve.actions.gathering import gather
from corale.improve.actions.theming import begin_theme
from corale.improve.errors import AlreadyDone, NotPermitted
from corale.improve.models import Proposal, ProposedVoice, Theme
from corale.improve.policies import may_gather
from corale.people.models import Person

AT_ONCE = 100  # messages; more are gathered in the background


@transaction.atomic
def accept(proposal: Proposal, name: str, *, by: Person) -> Theme:
    """A theme of this name begins, or goes on, with everything that is in the proposal. Raises AlreadyDone when
    somebody else has judged it."""
    _open(proposal, by)
    theme = begin_theme(name, by=by, demo=proposal.demo)
    Proposal.objects.filter(pk=proposal.pk).update(theme=theme, settled_by=by, settled_at=timezone.now())
    waiting = _gather_some(proposal, theme, by)
    if waiting:
        transaction.on_commit(lambda: gather_rest.enqueue(proposal.pk, by.pk))
    return theme


@transaction.atomic
def dismiss(proposal: Proposal, *, by: Person) -> None:
    """Nobody is shown it again; it stays, with who and when."""
    _open(proposal, by)
    Proposal.objects.filter(pk=proposal.pk).update(settled_by=by, settled_at=timezone.now())


@transaction.atomic
def bring_back(proposal: Proposal, *, by: Person) -> None:
    """It was dismissed, and should not have been. Twice is once."""
    if not may_gather(by):
        raise NotPermitted
    Proposal.objects.filter(pk=proposal.pk, theme=None).update(settled_by=None, settled_at=None)


@transaction.atomic
def leave_out(voice: ProposedVoice, *, by: Person) -> None:
    """This message speaks of something else."""
    _open(voice.proposal, by)
    if ProposedVoice.objects.filter(pk=voice.pk, removed_at=None).update(removed_at=timezone.now(), removed_by=by):
        left = ProposedVoice.objects.filter(proposal=voice.proposal_id, removed_at=None)
        people = left.values("person").distinct().count()
        Proposal.objects.filter(pk=voice.proposal_id).update(
            people=people, message_count=left.count(), is_current=people > 0
        )


@task()
def gather_rest(proposal: int, by: int) -> None:
    """What was too much to gather while somebody waits."""
    accepted = Proposal.objects.select_related("theme").get(pk=proposal)
    if accepted.theme:
        person = Person.objects.select_related("user").get(pk=by)
        while _gather_some(accepted, accepted.theme, person):
            pass


def _gather_some(proposal: Proposal, theme: Theme, by: Person) -> bool:
    """Whether more may wait. What a colleague took out of the theme meanwhile stays out."""
    waiting = Message.objects.filter(proposed__proposal=proposal, proposed__removed_at=None)
    waiting = waiting.exclude(voices__theme=theme).select_related("identity", "conversation")
    some = list(waiting.order_by("pk")[:AT_ONCE])
    gather(some, theme, by=by)
    return len(some) == AT_ONCE


def _open(proposal: Proposal, by: Person) -> None:
    if not may_gather(by):
        raise NotPermitted
    if Proposal.objects.select_for_update().get(pk=proposal.pk).settled_at is not None:
        raise AlreadyDone
