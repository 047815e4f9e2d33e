"""Background work: does anybody work, does anything wait too long, did anything fail?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from corale.commands.checks import Finding

TOO_LONG = timedelta(minutes=5)
SILENT = timedelta(minutes=3)


def queue() -> Iterator[Finding]:
    from corale.jobs.models import Job, Lease, Worker

    now = timezone.now()
    oldest = (
        Job.objects.waiting()
        .filter(run_after__lte=now)
        .order_by("run_after")
        .values_list("run_after", flat=True)
        .first()
    )
    late = oldest is not None and now - oldest > TOO_LONG
    yield workers(Worker.objects.filter(seen_at__gte=now - SILENT).count(), late=late)
    if oldest is None:
        yield Finding("queue", "ok", "nothing waits")
    else:
        words = f"the oldest due job waits for {int((now - oldest).total_seconds())} s"
        yield Finding("queue", "bad" if late else "ok", words, "More threads or another worker." if late else "")
    failed = Job.objects.failed()[:1000].count()
    words, advice = (f"{failed} jobs failed", "The page /jobs/ says why.") if failed else ("no job failed", "")
    yield Finding("failures", "warn" if failed else "ok", words, advice)
    for lease in Lease.objects.exclude(problem=""):
        yield Finding(lease.name, "warn", lease.problem.strip().rsplit("\n", 1)[-1], "It is tried again by itself.")


def workers(count: int, *, late: bool) -> Finding:
    if count:
        return Finding("workers", "ok", f"{count} at work")
    return Finding("workers", "bad" if late else "warn", "nobody works", "Start `corale up`, or `corale worker`.")
