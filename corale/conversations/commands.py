"""`corale import`: a file of messages from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corale.channels.errors import Malformed
from corale.conversations.importing.preview import preview
from corale.conversations.importing.replay import replay
from corale.conversations.importing.running import prepare, run_import, take_up
from corale.conversations.importing.undoing import undo
from corale.conversations.models import ImportRun


def import_command(argv: list[str]) -> int:
    """0 when it was read to the end; 1 with a sentence when it could not be."""
    parser = argparse.ArgumentParser(prog="corale import", description="Read messages from a JSONL or CSV file.")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--source", help="where they come from (default: the file's name without its ending)")
    parser.add_argument("--encoding", default="", help="utf-8, cp1252 …; found out if not given")
    parser.add_argument("--preview", action="store_true", help="say what would be read, and change nothing")
    parser.add_argument("--replay", type=float, metavar="SPEED", help="live it again, SPEED times as fast")
    parser.add_argument("--undo", type=int, metavar="NUMBER", help="take back an import")
    parser.add_argument("--continue", dest="again", type=int, metavar="NUMBER", help="go on with one that was stopped")
    given = parser.parse_args(argv)
    try:
        return _do(given, parser)
    except Malformed as error:
        print(f"Nothing was imported: {error}.", file=sys.stderr)
        return 1


def _do(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if given.undo or given.again:
        return _again(given)
    if given.file is None or not given.file.is_file():
        parser.error("name a file that exists")
    if given.preview:
        return _preview(given.file, given.encoding)
    if given.replay:
        count = replay(given.file, speed=given.replay, encoding=given.encoding, progress=_say)
        print(f"\n{count} messages arrived.")
        return 0
    path = given.file.resolve()
    run = run_import(prepare(path, source=given.source or path.stem, by=None, encoding=given.encoding))
    return _report(run)


def _again(given: argparse.Namespace) -> int:
    run = ImportRun.objects.filter(pk=given.undo or given.again).first()
    if run is None:
        print("There is no import with this number.", file=sys.stderr)
        return 1
    if given.undo:
        undo(run)
        print(f"Import {run.pk} is undone.")
        return 0
    take_up(run)
    run.refresh_from_db()
    return _report(run_import(run))


def _say(count: int) -> None:
    print(f"\r{count} messages", end="", flush=True)


def _preview(path: Path, encoding: str) -> int:
    seen = preview(path, encoding=encoding)
    print(f"{seen.shape.format}, {seen.shape.encoding}, {seen.total_bytes:,} bytes")
    print("columns: " + ", ".join(f"{ours} ← {theirs}" for ours, theirs in seen.columns.items()))
    print(f"of the first {seen.looked_at} lines {seen.readable} can be read, by {len(seen.authors)} people", end="")
    print(f", from {seen.first} to {seen.last}" if seen.first else ", without times")
    for number, why in seen.rejected[:10]:
        print(f"  line {number}: {why}")
    return 0


def _report(run: ImportRun) -> int:
    print(f"import {run.pk}: {run.kept} taken in, {run.known} known before, {run.rejected} rejected")
    for line in run.rejected_lines.order_by("number")[:20]:
        print(f"  line {line.number}: {line.reason}")
    if run.problem:
        print(run.problem, file=sys.stderr)
    return 0 if run.state == ImportRun.State.DONE else 1
