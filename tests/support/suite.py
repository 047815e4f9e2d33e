"""The whole suite, as `make test` runs it: the checks, then every test on SQLite, then every test on PostgreSQL.

`python -m tests.support.suite [pytest's arguments]`; ON=sqlite or ON=postgresql for one database.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from tests.support.postgres import cluster

ROOT = Path(__file__).resolve().parents[2]
PARTS = [["tests/unit"], ["tests/integration"], ["tests/browser"]]
"""In processes of their own: a driven browser leaves a loop running, beside which nothing asynchronous can be run, and
the unit tests need no server that is still being brought."""
HOW = ["-n", "2", "--dist", "loadfile", "--durations=15", "--durations-min=8"]
SERVERS = [sys.executable, "-m", "tests.support.servers"]
"""Brought here and not by a test, which would run out of time; meanwhile the checks run."""


def main() -> int:
    """0 only if everything passed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began, counted, failed = time.monotonic(), Counter[str](), False
    wanted = sys.argv[1:]
    servers = subprocess.Popen(SERVERS, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if not wanted:
        failed = subprocess.run([sys.executable, "-m", "scripts.check"], cwd=ROOT, check=False).returncode != 0
    for database in [os.environ["ON"]] if os.environ.get("ON") else ["sqlite", "postgresql"]:
        code, counts = run(database, wanted, servers)
        counted += counts
        failed = failed or code != 0
    failed = servers.wait() != 0 or failed
    seconds = time.monotonic() - began
    words = ", ".join(f"{counted[word]} {word}" for word in ("passed", "failed", "errors", "skipped") if counted[word])
    checks = "" if wanted else "checks failed, " if failed and not counted["failed"] + counted["errors"] else ""
    print(f"===== {checks}{words or 'nothing ran'} in {seconds:.2f}s =====", flush=True)
    return int(failed or not counted["passed"])


def run(database: str, wanted: list[str], servers: subprocess.Popen[bytes]) -> tuple[int, Counter[str]]:
    """Every test on one database, by two workers; only the unit tests begin before the servers have been brought."""
    print(f"===== tests on {database} =====", flush=True)
    with (
        cluster() if database == "postgresql" else nullcontext("") as url,
        tempfile.TemporaryDirectory(prefix="corale-tests-", ignore_cleanup_errors=True) as folder,
    ):
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"CORALE_TEST_DATA": folder} | ({"DATABASE_URL": url} if url else {})
        codes, counted = [], Counter[str]()
        for number, part in enumerate([wanted] if wanted else PARTS):
            report = Path(folder) / f"report-{number}.xml"
            if part != PARTS[0]:
                servers.wait()
            command = [sys.executable, "-m", "pytest", *HOW, f"--junitxml={report}", *part]
            codes.append(subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode)
            counted += count(report)
        return max(codes), counted


def count(report: Path) -> Counter[str]:
    """How many passed, failed, went wrong and were skipped."""
    if not report.is_file():
        return Counter()
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    found: Counter[str] = Counter()
    for suite in suites:
        numbers = {name: int(suite.get(name) or 0) for name in ("tests", "failures", "errors", "skipped")}
        found["failed"] += numbers["failures"]
        found["errors"] += numbers["errors"]
        found["skipped"] += numbers["skipped"]
        found["passed"] += numbers["tests"] - numbers["failures"] - numbers["errors"] - numbers["skipped"]
    return found


if __name__ == "__main__":
    sys.exit(main())
