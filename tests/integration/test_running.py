"""`corale up` as a stranger meets it: one address, children that come back, and an end in good order."""

from __future__ import annotations

import os
import re
import signal
import socket
import urllib.request
from pathlib import Path

import pytest

from tests.support.processes import House, Process

pytestmark = pytest.mark.timeout(300)


def up(house: House, **environment: str) -> Process:
    started = house.start("up", "--no-demo", "--no-open", "--port", str(house.port), CORALE_LEASE="2", **environment)
    house.until(lambda: "Corale: http" in started.log.read_text())
    return started


def children(pid: int) -> dict[str, int]:
    """The supervisor's children by the command they run."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    words = {int(each): Path(f"/proc/{each}/cmdline").read_text().split("\0") for each in found}
    return {said[said.index("corale") + 1]: each for each, said in words.items() if "corale" in said}


def test_it_prints_one_address_that_lets_the_first_person_in(house: House):
    started = up(house)

    lines = [line for line in started.log.read_text().splitlines() if line.startswith("Corale: ")]
    [link] = lines
    assert re.fullmatch(r"Corale: http://localhost:\d+/account/welcome/[\w-]+/", link)
    with urllib.request.urlopen(house.url + "/health/", timeout=20) as answer:
        assert answer.status == 200
    assert started.stop() == 0
    assert not house.answers()


def test_killed_children_are_started_again(house: House):
    started = up(house)
    before = children(started.pid)

    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    def all_new() -> bool:
        now = children(started.pid)
        return set(now) == {"web", "worker"} and not set(now.values()) & set(before.values())

    house.until(all_new)
    house.until(house.answers)
    house.until(lambda: house.value("SELECT count(*) FROM jobs_worker") >= 1)


def test_when_the_parent_is_killed_nobody_stays_behind(house: House):
    started = up(house)
    mine = children(started.pid)

    os.kill(started.pid, signal.SIGKILL)

    house.until(lambda: not any(alive(pid) for pid in mine.values()) and not house.answers())


def test_open_pages_do_not_keep_it_from_ending(house: House):
    started = up(house)
    house.python(
        "from django.test import Client; from django.contrib.auth import get_user_model as u;"
        "c = Client(); c.force_login(u().objects.create(email='anna@molino.example'));"
        f"open({str(house.folder / 'cookie')!r}, 'w').write(c.cookies['corale_session'].value)"
    )
    request = urllib.request.Request(f"{house.url}/live/?topics=inbox")
    request.add_header("Cookie", f"corale_session={(house.folder / 'cookie').read_text()}")
    streams = [urllib.request.urlopen(request, timeout=30) for _ in range(20)]
    assert all(stream.readline().startswith(b"retry") for stream in streams)

    assert started.stop(seconds=10) == 0

    assert "starting again" not in started.log.read_text()


def test_a_port_that_is_taken_is_said_clearly(house: House):
    with socket.create_server(("127.0.0.1", house.port)):
        done = house.call("up", "--no-demo", "--no-open", "--port", str(house.port), check=False)

    assert done.returncode == 1
    assert f"port {house.port}" in done.stderr
    assert "--port" in done.stderr


def test_a_second_start_on_the_same_folder_is_refused(house: House):
    up(house)

    done = house.call("up", "--no-demo", "--no-open", "--port", "1", check=False)

    assert done.returncode == 1
    assert "already runs" in done.stderr


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("command", ["up", "web", "worker", "doctor", "backup", "restore", "demo", "sign-in"])
def test_every_command_explains_itself(house: House, command: str):
    assert "usage: corale" in house.call(command, "--help").stdout
