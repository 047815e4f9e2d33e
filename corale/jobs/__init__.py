"""Background work as rows: lease, state, attempt, next time.

Why a queue of our own and not a library: the row must be committed with the data it is about, on SQLite and on
PostgreSQL alike, and must survive the death of whoever works on it. Of nine measured, none did all three: those that
enqueue in the caller's transaction leave a killed worker's jobs running for ever; those that recover write on a
connection of their own, or need one particular database. The tasks themselves are written against the `django_tasks`
interface, so that the choice can be taken back.

    @task()                                     a plain task, run at least once
    @task(max_attempts=8, group="mail")         options of ours, see `JobTask`
    enqueue_once(fetch, f"feed:{pk}", pk)       nothing happens while the same key waits
    later(fetch, pk, group=host, limit=2)       at most two of this host at a time
    raise TryAgain(after=30)                    "not now" (a rate limit): not counted as an attempt
"""

from corale.jobs.enqueue import enqueue_many, enqueue_once, later

__all__ = ["enqueue_many", "enqueue_once", "later"]
