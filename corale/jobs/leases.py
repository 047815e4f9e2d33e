"""Leases by name: taking, renewing and giving back the right to run a loop."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from corale.jobs.identity import is_dead
from corale.jobs.models import Lease


@transaction.atomic
def take(name: str, me: str, seconds: float) -> bool:
    """True when the lease is ours from now on; false while a living worker holds it."""
    now = timezone.now()
    lease, made = Lease.objects.select_for_update().get_or_create(
        name=name, defaults={"worker": me, "until": now + timedelta(seconds=seconds)}
    )
    if not made:
        if lease.worker not in {"", me} and lease.until > now and not is_dead(lease.worker, me):
            return False
        lease.worker, lease.until = me, now + timedelta(seconds=seconds)
        lease.save(update_fields=["worker", "until"])
    return True


def renew(name: str, me: str, seconds: float) -> bool:
    """False when somebody else has it: whoever thought to hold it must stop at once."""
    until = timezone.now() + timedelta(seconds=seconds)
    return Lease.objects.filter(name=name, worker=me).update(until=until) == 1


def give_back(name: str, me: str, problem: str = "") -> None:
    Lease.objects.filter(name=name, worker=me).update(worker="", until=timezone.now(), problem=problem)


def note(name: str, me: str, problem: str) -> None:
    """What went wrong in the loop, for the page and the doctor; empty when it runs again."""
    Lease.objects.filter(name=name, worker=me).update(problem=problem[-2000:])
