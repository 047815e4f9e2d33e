"""The page's numbers, the export, and the script that shares no line with the page."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection

from corale.indicator.taking import take
from corale.ledger import recompute
from corale.ledger.export import export
from corale.ledger.models import Fact, Seal
from corale.ledger.sealing import seal, verify
from tests.unit.book.conftest import MONDAY, Write

pytestmark = pytest.mark.django_db
END = MONDAY + timedelta(days=40)


@pytest.fixture
def history(write: Write) -> None:
    """Six hundred facts of every kind, at random times; the same in every run."""
    chance = Random(20261122)
    for colleague in range(1, 8):
        write("employee.joined", hours=-24, by_id=colleague)
    write("employee.left", hours=200, by_id=7)
    for message in range(1, 161):
        hours = chance.uniform(-24 * 60, 24 * 39)
        person, conversation = chance.randrange(1, 60), chance.randrange(1, 120)
        write("message.received", hours=hours, message_id=message, person_id=person, conversation_id=conversation,
              addressed=chance.random() < 0.9)  # fmt: skip
        if chance.random() < 0.7:
            write("message.answered", hours=hours + chance.expovariate(1 / 20), message_id=message, person_id=person,
                  conversation_id=conversation, by_id=chance.choice([1, 1, 2, 3, 4, 7]),
                  auto=chance.random() < 0.1, approved=chance.random() < 0.1)  # fmt: skip
        for kind in ("conversation.read", "conversation.assigned", "conversation.labelled", "conversation.closed",
                     "note.written"):  # fmt: skip
            if chance.random() < 0.4:
                write(kind, hours=hours + chance.expovariate(1 / 40), conversation_id=conversation, by_id=2,
                      bulk=chance.choice([0, 0, 3, 40]))  # fmt: skip
        if chance.random() < 0.05:
            write("conversation.spammed", hours=hours + 2, conversation_id=conversation, by_id=2)
        if chance.random() < 0.03:
            write("conversation.restored", hours=hours + 9, conversation_id=conversation, by_id=2)
        if chance.random() < 0.08:
            write("message.judged", hours=hours + 1, message_id=message, by_id=3, needs_answer=chance.random() < 0.3)
        if chance.random() < 0.3:
            write("feedback.gathered", hours=hours + 5, message_id=message, person_id=person, by_id=4,
                  theme=chance.randrange(1, 9))  # fmt: skip
    for theme in range(1, 6):
        when = chance.uniform(0, 24 * 30)
        write("decision.recorded", hours=when, theme=theme, decision=theme, by_id=1, evidence=[theme, theme + 9],
              decided_by=2)  # fmt: skip
        write("outcome.recorded", hours=when + 48, decision=theme, by_id=1)
        for person in range(1, 12):
            write("report.asked", hours=when + 48, decision=theme, person_id=person, conversation_id=person)
            if chance.random() < 0.8:
                write("report.told", hours=when + 48 + chance.expovariate(1 / 90), decision=theme, person_id=person)
            elif chance.random() < 0.5:
                write("report.unreachable", hours=when + 49, decision=theme, person_id=person)


def as_file(folder: Path) -> Path:
    path = folder / "facts.jsonl"
    path.write_text("".join(export()))
    return path


@pytest.mark.parametrize("days", [28, 91])
def test_the_script_finds_the_very_numbers_of_the_page(history: None, tmp_path: Path, days: int) -> None:
    figures = take(demo=False, days=days, as_of=END).figures
    header, facts, _seals = recompute.read(str(as_file(tmp_path)))
    found = recompute.compute(facts, header, days, END)

    for key, shown in figures["measures"].items():
        for name in ("value", "low", "high", "hits", "n", "n_effective"):
            if shown["withheld"] and name in ("low", "high"):
                continue
            assert found[key][name] == pytest.approx(shown[name], abs=1e-9), (key, name)
    assert recompute.phi(found, header["indicator"]) == pytest.approx(figures["phi"]["value"])


def test_the_script_runs_alone_and_says_the_moment_of_the_page(history: None, tmp_path: Path) -> None:
    take(demo=False, days=91, as_of=END)
    path, script = as_file(tmp_path), tmp_path / "recompute.py"
    script.write_text(Path(recompute.__file__).read_text())

    ran = subprocess.run([sys.executable, "-I", str(script), str(path)], text=True, capture_output=True, check=True)

    assert END.isoformat() in ran.stdout
    assert ran.stdout.count("%") >= 7


def test_an_export_holds_no_words_names_or_plain_ids_of_people(history: None) -> None:
    facts = [json.loads(line) for line in export()][1:]
    people = {fact["person"] for fact in facts} | {fact["by"] for fact in facts} - {None}

    assert all(person is None or (isinstance(person, str) and len(person) == 20) for person in people)
    assert {fact["data"].get("decided_by") for fact in facts if fact["kind"] == "decision.recorded"} < people


def test_seals_hold_and_are_checked_from_the_export_alone(history: None, tmp_path: Path) -> None:
    while seal():
        continue

    assert verify().broken is None
    assert verify().sealed == Fact.objects.count()
    assert "every seal holds" in recompute.read(str(as_file(tmp_path)))[2]


def test_young_facts_are_sealed_later_in_the_same_chain(history: None, write: Write) -> None:
    seal()
    fact = Fact.objects.create(kind="note.written", at=END)  # recorded now
    assert seal() is None
    assert verify().open == 1

    forget_the_guard()
    Fact.objects.filter(pk=fact.pk).update(recorded_at=END - timedelta(days=400))
    assert seal() is not None
    assert verify().broken is None


def test_whoever_changes_a_fact_breaks_the_seal_visibly(history: None, tmp_path: Path) -> None:
    seal()
    forget_the_guard()
    fact = Fact.objects.filter(kind="message.answered").first()
    assert fact is not None
    Fact.objects.filter(pk=fact.pk).update(at=fact.at - timedelta(hours=5))

    assert verify().broken == Seal.objects.get()
    assert "does not hold" in recompute.read(str(as_file(tmp_path)))[2]


def test_taking_a_snapshot_asks_the_same_few_questions_however_much_there_is(
    history: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(24):
        take(demo=False, days=91, as_of=END)


def forget_the_guard() -> None:
    """As somebody with the keys of the database could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_fact_no_update")
        else:
            cursor.execute("ALTER TABLE ledger_fact DISABLE TRIGGER ALL")
