"""Background jobs: how many a second, and what each costs in processor time, from writing the row to its being done.

A no-op task, written one by one (`enqueue`), many at once (`enqueue_many`), run by one worker with four threads
(`drain`); `job` is the whole, the PostgreSQL server's part included; `wake` is the time from the commit of a job to its
beginning on a worker that has nothing to do.
"""

from __future__ import annotations

import os
import threading
import time

from bench._product import begin, cpu, say, server_cpu, spread

SIZE = 1_000 if os.environ.get("QUICK") else 10_000


def main() -> None:
    begin()
    from corale.jobs import enqueue_many, later
    from corale.jobs.models import Job
    from corale.jobs.worker import Worker
    from tests.support import work

    used = cpu() + server_cpu()
    measure("enqueue", SIZE // 5, lambda: [later(work.nothing) for _ in range(SIZE // 5)])
    measure("enqueue_many", SIZE, lambda: enqueue_many(work.nothing, [[]] * SIZE))
    worker = Worker(threads=4)
    thread = threading.Thread(target=worker.run)
    count = Job.objects.count()

    def drain() -> None:
        thread.start()
        while Job.objects.exclude(state=Job.State.DONE).exists():
            time.sleep(0.1)

    measure("drain", count, drain)
    say("job", count, cpu_us=round((cpu() + server_cpu() - used) / count * 1e6, 1))
    waits = []
    for _ in range(20 if os.environ.get("QUICK") else 100):
        time.sleep(0.07)
        work.begun.clear()
        work.may_end.set()
        began = time.perf_counter()
        later(work.hold)
        work.begun.wait(10)
        waits.append((time.perf_counter() - began) * 1000)
    say("wake", len(waits), **spread(waits))
    worker.stop()
    thread.join()


def measure(case: str, size: int, act: object) -> None:
    """The processor time is this process's, all threads; on PostgreSQL the server's is not in it."""
    began, used = time.perf_counter(), cpu()
    act()  # type: ignore[operator]
    seconds = time.perf_counter() - began
    say(case, size, per_s=round(size / seconds), cpu_us=round((cpu() - used) / size * 1e6, 1))
