"""A house of one's own: a data folder, a database, and real processes that can be killed.

    def test_something(house):                       # the fixture of tests/integration/conftest.py
        worker = house.worker(lease=2)
        house.until(lambda: house.value("SELECT count(*) FROM jobs_job WHERE state = 'done'") == 10)
        worker.kill()

Migrations are run once for each run of the tests and copied: a file on SQLite, a template database on PostgreSQL.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


class Process:
    """One process of the product; everything it says goes into a file of the house."""

    def __init__(self, words: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as file:
            self._inner = subprocess.Popen(
                [sys.executable, "-m", "corale", *words],
                env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        return self._inner.pid

    @property
    def is_running(self) -> bool:
        return self._inner.poll() is None

    def kill(self) -> None:
        """As the machine does it when memory runs out: at once, with everything it started."""
        if self.is_running:
            os.killpg(self.pid, signal.SIGKILL)
        self._inner.wait()

    def stop(self, seconds: float = 20) -> int:
        """As asked to; its exit code."""
        self._inner.terminate()
        return self._inner.wait(seconds)

    def tell(self, number: int) -> None:
        self._inner.send_signal(number)


class House:
    """Where a test lives; `close` ends everything that was started in it."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder, self.database_url, self.port = folder, database_url, free_port()
        self.more: dict[str, str] = {}  # what its processes find in their environment besides
        self._processes: list[Process] = []
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        dropped = {"DATABASE_URL", "CORALE_SECRET_KEY", "CORALE_URL", "PYTEST_XDIST_WORKER"}
        given = {name: value for name, value in os.environ.items() if name not in dropped}
        given |= {"CORALE_DATA": str(self.folder), "PORT": str(self.port), "CORALE_ALLOW_LOOPBACK": "1"}
        given |= {"DJANGO_SETTINGS_MODULE": "corale.project.settings", "PYTHONPATH": str(ROOT)}
        given["CORALE_PARENT"] = str(os.getpid())  # who is left behind by a killed test ends by itself
        return given | ({"DATABASE_URL": self.database_url} if self.database_url else {}) | self.more

    def start(self, *words: str, **environment: str) -> Process:
        made = Process(words, self.environment | environment, self.folder / f"{words[0]}.log")
        self._processes.append(made)
        return made

    def web(self, workers: int = 1) -> Process:
        """Answers when this returns."""
        made = self.start("web", "--port", str(self.port), "--workers", str(workers))
        self.until(self.answers)
        return made

    def worker(self, *, lease: float = 60, threads: int = 4, loops: bool = False) -> Process:
        more = [] if loops else ["--no-loops"]
        return self.start("worker", "--lease", str(lease), "--threads", str(threads), *more)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/live/ready", timeout=2) as response:
                return bool(response.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def call(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A command that ends."""
        done = subprocess.run(
            [sys.executable, "-m", "corale", *words],
            env=self.environment, cwd=ROOT, text=True, capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        if check and done.returncode:
            raise AssertionError(f"corale {' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def python(self, code: str) -> str:
        """Run with the product set up; what it printed."""
        return self.call("manage", "shell", "-v0", "-c", code).stdout.strip()

    def rows(self, statement: str) -> list[Any]:
        """Straight from the database, past the product. A statement that changes something is committed."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                cursor = connection.execute(statement)  # type: ignore[call-overload]
                return list(cursor.fetchall()) if cursor.description else []
        with closing(sqlite3.connect(self.folder / "corale.sqlite3", timeout=20)) as file, file:
            return file.execute(statement).fetchall()

    def value(self, statement: str) -> Any:
        return self.rows(statement)[0][0]

    def until(self, condition: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait for something to become true; fail, with what the processes said, when it does not."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError("it did not happen\n" + self.said())
            time.sleep(0.02)

    def said(self) -> str:
        return "\n".join(f"== {log.name}\n{log.read_text()[-3000:]}" for log in self.folder.glob("*.log"))

    def close(self) -> None:
        for process in self._processes:
            process.kill()


class Builder:
    """Makes houses with all tables in them, from one pattern."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = os.environ.get("DATABASE_URL", "") if is_postgres() else ""
        self._name = f"pattern_{secrets.token_hex(4)}"
        self._pattern = House(folder / "pattern", self._create(self._name))
        self._pattern.call("manage", "migrate", "--verbosity", "0", "--no-input")

    @contextmanager
    def house(self) -> Iterator[House]:
        name = f"house_{secrets.token_hex(4)}"
        made = House(self._folder / name, self._create(name, f"TEMPLATE {self._name}"))
        if not self._server:
            for file in self._pattern.folder.glob("corale.sqlite3*"):
                shutil.copy(file, made.folder)
        try:
            yield made
        finally:
            made.close()
            self._drop(name)

    def close(self) -> None:
        self._drop(self._name)

    def _create(self, name: str, how: str = "") -> str:
        if not self._server:
            return ""
        self._execute(f"CREATE DATABASE {name} {how}")
        parts = urlsplit(self._server)
        return urlunsplit(parts._replace(path=f"/{name}"))

    def _drop(self, name: str) -> None:
        if self._server:
            self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def is_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://"))
