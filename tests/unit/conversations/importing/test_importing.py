"""Files come in once, say what they could not read, go on after a crash, and can be undone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corale.channels.errors import Malformed
from corale.channels.models import Connection, Envelope
from corale.conversations.actions.receive import take_in, take_in_read
from corale.conversations.commands import import_command
from corale.conversations.importing import running
from corale.conversations.importing.preview import preview
from corale.conversations.importing.replay import replay
from corale.conversations.importing.running import prepare, run_import
from corale.conversations.importing.undoing import undo
from corale.conversations.models import Conversation, ImportRun, Message
from corale.ledger.models import Fact
from corale.people.models import Identity, Person
from corale.search import find
from corale.search.index import index_all
from tests.unit.conversations.test_receive import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "archivio.jsonl"
    lines: list[dict[str, Any]] = [
        {"id": "1", "author": "u1", "at": "2026-01-05T10:00:00Z", "text": "Quando aprite?", "lang": "it"},
        {"id": "2", "author": "molino", "at": "2026-01-05T10:20:00Z", "text": "Alle otto", "parent": "1", "ours": True},
        {"id": "3", "author": "u2", "at": "2026-01-06T10:00:00Z", "text": "Farina esaurita?"},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + "broken\n")
    return path


def run(path: Path, source: str = "archivio") -> ImportRun:
    return run_import(prepare(path, source=source, by=None))


def test_a_file_becomes_conversations_with_their_own_times(file: Path) -> None:
    done = run(file)

    assert (done.state, done.kept, done.known, done.rejected, done.percent) == ("done", 3, 0, 1, 100)
    answered, unanswered = Conversation.objects.order_by("id")
    assert (answered.state, unanswered.state) == ("waiting", "open")
    assert answered.last_activity_at == datetime(2026, 1, 5, 10, 20, tzinfo=UTC)
    assert Fact.objects.get(kind="message.answered").at == datetime(2026, 1, 5, 10, 20, tzinfo=UTC)


def test_rejected_lines_say_where_and_why(file: Path) -> None:
    (line,) = run(file).rejected_lines.all()

    assert (line.number, line.beginning.strip()) == (4, "broken")
    assert "not JSON" in line.reason


def test_the_same_file_twice_is_known_the_second_time(file: Path) -> None:
    run(file)
    again = run(file)

    assert (again.kept, again.known) == (0, 4)
    assert Message.objects.count() == 3


def test_a_crash_between_two_batches_loses_and_repeats_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": str(number), "text": f"n {number}"}) + "\n" for number in range(50)))
    monkeypatch.setattr(running, "BATCH", 7)
    prepared = prepare(path, source="a", by=None)
    calls = []

    def die_at_the_fourth(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return take_in_read(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(running, "take_in_read", die_at_the_fourth)
        with pytest.raises(KeyboardInterrupt):
            run_import(prepared)
    interrupted = ImportRun.objects.get()
    assert (interrupted.state, interrupted.kept) == ("running", 21)

    done = run_import(interrupted)

    assert (done.state, done.kept) == ("done", 50)
    assert Message.objects.count() == Envelope.objects.count() == 50


def test_undo_takes_back_exactly_what_the_import_brought(file: Path) -> None:
    shop = Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test", demo=True)
    take_in(shop, [said("before")])
    facts = Fact.objects.count()
    done = run(file)
    index_all()
    brought = Fact.objects.count() - facts

    undo(done)
    undo(done)
    index_all()

    done.refresh_from_db()
    assert done.state == "undone"
    assert Message.objects.get().native_id == "before"
    assert Conversation.objects.count() == Envelope.objects.count() == Identity.objects.count() == 1
    assert Person.objects.count() == 1
    assert find.newest("farina") == []
    assert Fact.objects.filter(kind="message.withdrawn").count() == 3
    assert Fact.objects.count() == facts + brought + 3


def test_after_undoing_the_same_file_can_come_in_again(file: Path) -> None:
    undo(run(file))

    assert run(file).kept == 3


def test_a_preview_changes_nothing_and_says_what_would_come(file: Path) -> None:
    seen = preview(file)

    assert (seen.readable, [number for number, _why in seen.rejected]) == (3, [4])
    assert seen.columns == {"id": "id", "author": "author", "at": "at", "text": "text", "language": "lang"} | {
        "parent": "parent",
        "ours": "ours",
    }
    assert (seen.first, seen.last) == (
        datetime(2026, 1, 5, 10, tzinfo=UTC),
        datetime(2026, 1, 6, 10, tzinfo=UTC),
    )
    assert not Envelope.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"hello", b"\x89PNG\r\n", b"{}\n{}\n"])
def test_what_is_no_file_of_messages_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)

    with pytest.raises(Malformed):
        preview(path)
    assert import_command(["--preview", str(path)]) == 1


def test_a_replay_arrives_now_in_the_order_of_its_times(tmp_path: Path) -> None:
    path = tmp_path / "giorno.jsonl"
    path.write_text(
        '{"text": "dopo", "at": "2026-01-05T10:10:00Z"}\n'
        '{"text": "prima", "at": "2026-01-05T10:00:00Z"}\n'
        '{"text": "senza ora"}\n'
    )
    start = datetime.now(UTC)

    assert replay(path, speed=100_000) == 2

    texts = list(Message.objects.order_by("id").values_list("text", flat=True))
    assert texts == ["prima", "dopo"]
    assert all(message.received_at >= start for message in Message.objects.all())


def test_the_program_reads_a_file_and_reports(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_command([str(file)]) == 0

    printed = capsys.readouterr().out
    assert "3 taken in, 0 known before, 1 rejected" in printed
    assert "line 4: not JSON" in printed


def test_an_uploaded_file_goes_when_every_line_of_it_is_kept(file: Path, settings: Any, tmp_path: Path) -> None:
    settings.CORALE_DATA = tmp_path / "house"
    running.uploads().mkdir(parents=True)
    uploaded = file.rename(running.uploads() / "upload")

    assert run(uploaded).state == "done"
    assert not uploaded.exists()
