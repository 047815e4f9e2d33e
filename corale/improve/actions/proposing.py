"""What people seem to talk about, found again and again; nothing is decided by it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from corale.improve.models import Proposal, ProposedVoice
from corale.improve.proposing.grouping import Group, Said, grouped
from corale.listen.wanting import Wanting, wanting
from corale.store import rows

DAYS = 30  # of what people say
MOST = 100_000  # messages
KEPT = 1000  # messages of one proposal, the newest; people are counted over all
_FORGOTTEN = 30  # days after which one that was not found again, and that nobody judged, goes
_SHARED = 3  # a third of the smaller one in common: the same proposal
_IN = "SELECT proposal_id, message_id FROM improve_proposedvoice WHERE message_id IN ({marks})"


@task()
def propose() -> None:
    """Everything said within thirty days by people who want something, each language by itself."""
    now = timezone.now()
    heaps = defaultdict[tuple[str, bool], list[Wanting]](list)
    for each in wanting(now - timedelta(days=DAYS), MOST):
        if each.language:
            heaps[each.language, each.demo].append(each)
    for (language, demo), heap in sorted(heaps.items()):
        _propose(heap, language, demo, now)
    Proposal.objects.filter(is_current=True, seen_at__lt=now).update(is_current=False)
    Proposal.objects.filter(settled_at=None, seen_at__lt=now - timedelta(days=_FORGOTTEN)).delete()


def _propose(heap: Sequence[Wanting], language: str, demo: bool, now: datetime) -> None:
    known = {each.message: each for each in heap}
    groups = grouped([Said(each.message, each.person, each.text) for each in heap])
    for group, found in zip(groups, _matched(groups), strict=True):
        with transaction.atomic():
            proposal = found or Proposal.objects.create(language=language, demo=demo, made_at=now)
            _keep(proposal, group, [known[number] for number in group.members], now)


def _matched(groups: Sequence[Group]) -> list[Proposal | None]:
    """For each group the proposal that it goes on from: whoever has most messages in common goes first."""
    home = {number: at for at, group in enumerate(groups) for number in group.members}
    shared: Counter[tuple[int, int]] = Counter()
    size: Counter[int] = Counter()
    for proposal, message in rows.select_in(_IN, home.keys()):
        shared[home[message], proposal] += 1
        size[proposal] += 1
    known = Proposal.objects.in_bulk([proposal for _, proposal in shared])
    matched: list[Proposal | None] = [None] * len(groups)
    for (at, proposal), many in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        if matched[at] is None and proposal in known and many * _SHARED >= min(size[proposal], len(groups[at].members)):
            matched[at] = known.pop(proposal)
    return matched


def _keep(proposal: Proposal, group: Group, said: Sequence[Wanting], now: datetime) -> None:
    """`said`: newest first. What was taken out stays out; one that was judged stays as it was, and only grows."""
    out = set(proposal.voices.exclude(removed_at=None).values_list("message", flat=True))
    said = [each for each in said if each.message not in out]
    kept = {each.message: each for each in said[:KEPT]}
    there = set(proposal.voices.values_list("message", flat=True))
    if proposal.settled_at is None:
        gone = there - kept.keys() - out
        ProposedVoice.objects.filter(proposal=proposal, message__in=list(gone)).delete()
        proposal.words = ", ".join(group.words)[:120]
    fresh = [each for number, each in kept.items() if number not in there]
    ProposedVoice.objects.bulk_create(
        [ProposedVoice(proposal=proposal, message_id=each.message, person_id=each.person) for each in fresh],
        batch_size=rows.CHUNK, ignore_conflicts=True,
    )  # fmt: skip
    proposal.people, proposal.message_count = len({each.person for each in said}), len(said)
    if said:
        times = [each.at for each in said]
        proposal.first_at, proposal.last_at = min(times), max(times)
    proposal.seen_at, proposal.is_current = now, bool(said)
    proposal.save(update_fields=["words", "people", "message_count", "first_at", "last_at", "seen_at", "is_current"])
