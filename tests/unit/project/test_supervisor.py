"""One parent for all processes: what dies is started again, what is stopped ends."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corale.project.supervisor import Child, running

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def child() -> Iterator[Child]:
    made = Child("sleeper", SLEEP)
    made.keep(0.0)
    yield made
    made.end()


def dead(child: Child) -> None:
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)


def test_a_killed_child_is_started_again_at_once(child: Child):
    first = child.pid
    dead(child)

    child.keep(30.0)

    assert child.is_running
    assert child.pid != first


def test_a_child_that_dies_again_and_again_is_given_more_and_more_time(child: Child):
    dead(child)
    child.keep(1.0)
    dead(child)
    child.keep(1.5)
    assert not child.is_running

    child.keep(1.9)
    assert not child.is_running

    child.keep(3.0)
    assert child.is_running


def test_after_a_long_life_a_death_is_the_first_again(child: Child):
    child.deaths = 7
    dead(child)

    child.keep(1000.0)

    assert child.is_running


def test_ending_takes_what_the_child_started_with_it(tmp_path: Path):
    file = str(tmp_path / "pid")
    code = f"import subprocess; p = subprocess.Popen({SLEEP!r}); open({file!r}, 'w').write(f'{{p.pid}} '); p.wait()"
    parent = Child("parent", [sys.executable, "-c", code])
    parent.keep(0.0)
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text().endswith(" "):
        assert parent.is_running
    grandchild = os.pidfd_open(int((tmp_path / "pid").read_text()))

    parent.end()

    ended, _, _ = select.select([grandchild], [], [], 30)
    assert ended


def test_who_runs_is_known_by_the_file(tmp_path: Path):
    file = tmp_path / "corale.pid"
    assert running(file) is None

    file.write_text(f"{os.getpid()}\n")
    assert running(file) == os.getpid()

    file.write_text("not a number")
    assert running(file) is None


def test_the_parent_is_small_because_it_imports_nothing_of_ours():
    code = "import sys, corale.project.supervisor, corale.commands.up_command; print('django' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True, check=True)

    assert said.stdout.strip() == "False"
