"""The doctor knows the faults it looks for, and never falls ill itself."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from corale.commands import doctor_command
from corale.commands.checks import Finding, place, queue, versions
from corale.jobs import later
from corale.jobs.drain import drain
from corale.jobs.models import Job, Worker
from tests.support import work


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 6, 23), False),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 54, 1), False),
    ],
)
def test_the_versions_with_the_write_ahead_log_fault_are_known(version: tuple[int, ...], faulty: bool):
    assert versions.has_wal_fault(version) is faulty


def levels(findings: object) -> dict[str, str]:
    return {finding.name: finding.level for finding in findings}  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_job_that_waits_too_long_with_nobody_at_work_is_bad():
    later(work.nothing)
    Job.objects.update(run_after=timezone.now() - timedelta(minutes=10))

    assert levels(queue.queue()) == {"workers": "bad", "queue": "bad", "failures": "ok"}


@pytest.mark.django_db
def test_somebody_at_work_and_a_failure_is_worth_a_note():
    now = timezone.now()
    Worker.objects.create(id="a", threads=4, started_at=now, seen_at=now)
    later(work.hopeless)
    drain()

    assert levels(queue.queue()) == {"workers": "ok", "queue": "ok", "failures": "warn"}


@pytest.mark.django_db
def test_tables_of_this_version_are_as_they_should_be():
    assert levels(place.migrations()) == {"tables": "ok"}


def test_a_folder_that_others_can_read_is_worth_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "CORALE_DATA", tmp_path)
    (tmp_path / "secret.key").write_text("x")
    (tmp_path / "secret.key").chmod(0o644)

    [finding] = place.folder()

    assert finding.level == "warn"
    assert "secret.key" in finding.advice


@pytest.mark.django_db
def test_everything_is_looked_at_and_can_be_read_by_programs(capsys: pytest.CaptureFixture[str]):
    code = doctor_command.main(["--json"])

    findings = [Finding(**found) for found in json.loads(capsys.readouterr().out)]
    assert {"corale", "folder", "disk", "tables", "workers", "queue", "failures", "channels", "clock"} <= levels(
        findings
    ).keys()
    assert code == int(any(finding.level == "bad" for finding in findings))


def test_what_cannot_be_looked_at_is_itself_a_finding():
    def broken() -> list[Finding]:
        raise OSError("no such disk")

    assert [finding.level for finding in doctor_command._looked_at(broken)] == ["bad"]
