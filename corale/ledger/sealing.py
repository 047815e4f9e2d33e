"""Sealing the book, and checking that every seal still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from corale.ledger.lines import lines
from corale.ledger.models import Fact, Seal
from corale.store.rows import lock_intake

AT_ONCE = 20_000
SETTLED = timedelta(minutes=5)  # numbers may be committed out of their order; after so long none comes late


@task()
def seal_later() -> None:
    """Seals what has settled since the last time."""
    while seal() is not None:
        continue


@transaction.atomic
def seal() -> Seal | None:
    """The next link, or None when nothing new has settled."""
    lock_intake()
    last = Seal.objects.order_by("-last_id").first()
    facts = Fact.objects.filter(demo=False, id__gt=last.last_id if last else 0)
    young = facts.filter(recorded_at__gt=timezone.now() - SETTLED).order_by("id").values_list("id", flat=True).first()
    settled = facts.filter(id__lt=young) if young else facts
    ids = list(settled.order_by("id").values_list("id", flat=True)[:AT_ONCE])
    if not ids:
        return None
    covered = Fact.objects.filter(demo=False, id__gte=ids[0], id__lte=ids[-1])
    previous = last.digest if last else ""
    digest, count = chained(previous, (line for _pk, line in lines(covered)))
    return Seal.objects.create(
        first_id=ids[0], last_id=ids[-1], count=count, previous=previous, digest=digest
    )  # fmt: skip


def chained(previous: str, some: Iterable[str]) -> tuple[str, int]:
    """SHA-256 over the seal before and every line, each ended by a line feed; and how many lines there were."""
    digest, count = hashlib.sha256(f"{previous}\n".encode()), 0
    for line in some:
        digest.update(f"{line}\n".encode())
        count += 1
    return digest.hexdigest(), count


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found: how many facts are sealed, how many are not yet, and the first seal that does not hold."""

    sealed: int
    open: int
    broken: Seal | None = None


def verify() -> Verdict:
    """Recomputes every seal from the facts as they stand now."""
    sealed, previous, last = 0, "", 0
    for each in Seal.objects.order_by("last_id").iterator():
        facts = Fact.objects.filter(demo=False, id__gt=last, id__lte=each.last_id)
        digest, count = chained(previous, (line for _pk, line in lines(facts)))
        if (digest, count, previous) != (each.digest, each.count, each.previous):
            return Verdict(sealed, 0, each)
        sealed, previous, last = sealed + count, each.digest, each.last_id
    return Verdict(sealed, Fact.objects.filter(demo=False, id__gt=last).count())
