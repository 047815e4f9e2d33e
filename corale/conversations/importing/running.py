"""Reading a file in: in batches, each saved together with how far we have come; a crash goes on where it stopped."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from corale.adapters.files import reading
from corale.adapters.files.reading import Line, Shape
from corale.channels.models import Connection
from corale.conversations.actions.receive import Reading, take_in_read
from corale.conversations.models import ImportRun, RejectedLine
from corale.lib.ahead import ahead
from corale.live import publish
from corale.people.models import Person
from corale.store import rows

BATCH = 500
State = ImportRun.State


def uploads() -> Path:
    """Where files that came through the browser lie until they have been read."""
    return Path(settings.CORALE_DATA) / "imports"


def prepare(path: Path, *, source: str, by: Person | None, name: str = "", encoding: str = "") -> ImportRun:
    """An import that is ready to run. `source` names where the messages come from: what was imported from there before
    is recognised and not taken in again. Malformed when the file cannot be read at all."""
    shape = reading.shape_of(path, encoding=encoding)
    connection, _made = Connection.objects.get_or_create(
        kind="files", stable_id=source[:300], defaults={"name": source[:200], "handle": source[:300]}
    )
    return ImportRun.objects.create(
        connection=connection,
        name=(name or path.name)[:300],
        path=str(path),
        total_bytes=path.stat().st_size,
        shape={"format": shape.format, "encoding": shape.encoding, "delimiter": shape.delimiter,
               "columns": list(shape.columns)},
        by=by,
    )  # fmt: skip


@task()
def run_later(run_id: int) -> None:
    """Runs an import in the background."""
    run_import(ImportRun.objects.get(pk=run_id))


def run_import(run: ImportRun) -> ImportRun:
    """Reads the rest of the file. Called again after a crash it goes on; called again after the end it does nothing."""
    if run.state not in (State.READY, State.RUNNING):
        return run
    path, shape = Path(run.path), _shape(run)
    if not path.is_file():
        return _end(run, State.FAILED, f"The file {path.name} is no longer there.")
    ImportRun.objects.filter(pk=run.pk).update(state=State.RUNNING)
    lines = reading.lines(path, shape, start=run.read_bytes, number=run.line)
    coming = _batches(run.connection, lines)
    if rows.is_postgresql():  # the server works meanwhile; SQLite works in this very process, and a thread only costs
        coming = ahead(coming)
    with closing(coming) as batches:
        for some, readings in batches:
            if not _batch(run, some, readings):
                return run
    return _end(run, State.DONE)


def _batches(connection: Connection, lines: Iterator[Line]) -> Generator[tuple[list[Line], list[Reading]], None, None]:
    """Lines, and what is said in those that are lines at all. Without the database: it runs ahead of it."""
    while some := list(islice(lines, BATCH)):
        yield some, [Reading.of(connection, line.raw) for line in some if not line.problem]


@transaction.atomic
def _batch(run: ImportRun, some: Sequence[Line], readings: Sequence[Reading]) -> bool:
    """One batch and how far it brought us, together. False when it is not ours to run any more."""
    rows.lock_intake(is_repeatable=True)  # until then the run has not come so far
    at = run.read_bytes
    run.refresh_from_db()
    if run.state != State.RUNNING or run.read_bytes != at:  # stopped, or somebody else runs it
        return False
    taken = take_in_read(run.connection, readings, batch=run.pk, history=True)
    rejected = [(line, line.problem) for line in some if line.problem]
    if taken.problems:
        readable = zip((line for line in some if not line.problem), readings, strict=True)
        rejected += [(line, taken.problems[key]) for line, each in readable if (key := each.raw.key) in taken.problems]
    RejectedLine.objects.bulk_create(
        RejectedLine(run=run, number=line.number, reason=why[:500], beginning=_beginning(line))
        for line, why in rejected
    )
    run.read_bytes, run.line = some[-1].end, some[-1].number
    run.kept += taken.kept - len(taken.problems)
    run.known += taken.known
    run.rejected += len(rejected)
    run.save(update_fields=["read_bytes", "line", "kept", "known", "rejected"])
    publish(f"import:{run.pk}", {"percent": run.percent})
    return True


def _beginning(line: Line) -> str:
    return line.body[:300].decode("utf-8", "replace").replace("\x00", "")


def _shape(run: ImportRun) -> Shape:
    return Shape(run.shape["format"], run.shape["encoding"], run.shape["delimiter"], tuple(run.shape["columns"]))


def _end(run: ImportRun, state: str, problem: str = "") -> ImportRun:
    run.state, run.problem, run.ended_at = state, problem, timezone.now()
    run.save(update_fields=["state", "problem", "ended_at"])
    if state == State.DONE and Path(run.path).parent == uploads():
        Path(run.path).unlink(missing_ok=True)  # every line is kept as an envelope: a second copy helps nobody
    publish(f"import:{run.pk}", {"percent": run.percent, "state": state})
    return run


def stop(run: ImportRun) -> None:
    """Ends an import after the batch at hand; what it brought stays until it is undone."""
    ImportRun.objects.filter(pk=run.pk, state__in=[State.READY, State.RUNNING]).update(
        state=State.STOPPED, ended_at=timezone.now()
    )


def take_up(run: ImportRun) -> bool:
    """Makes an import that was stopped, or had failed, ready to go on. False when it was neither."""
    stopped = ImportRun.objects.filter(pk=run.pk, state__in=[State.STOPPED, State.FAILED])
    return bool(stopped.update(state=State.RUNNING, problem="", ended_at=None))


def go_on(run: ImportRun) -> None:
    """Goes on in the background."""
    if take_up(run):
        run_later.enqueue(run.pk)
