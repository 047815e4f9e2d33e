"""`make bench`: runs the benchmarks and keeps what they say. ONLY=inbox for one, QUICK=1 for a run under a minute.

A benchmark is a module of this folder with `main()`, run as a process of its own, once on SQLite and once on
PostgreSQL: DATABASE_URL and CORALE_DATA point to a new, empty database and folder. It prints one JSON object a line:
`case`, `size`, then figures whose names carry the unit (`p50_ms`, `p95_ms`, `per_s`, `cpu_us`, `rss_mb`,
`ratio_to_raw`). `bench`, `database`, `date` and `machine` are added here. With QUICK=1 in its environment it keeps
itself short.

The latest full run stands in results/BENCH.jsonl; running one benchmark in full replaces that one's lines.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.postgres import cluster

HERE = Path(__file__).resolve().parent
KEPT = HERE / "results/BENCH.jsonl"
DATABASES = ("sqlite", "postgresql")
Line = dict[str, Any]


def main() -> int:
    """0 when every benchmark ran to its end."""
    only, quick = os.environ.get("ONLY", ""), bool(os.environ.get("QUICK"))
    wanted = [only] if only else [path.stem for path in sorted(HERE.glob("[!_]*.py")) if has_main(path)]
    failed = []
    for name in wanted:
        lines: list[Line] = []
        databases = [os.environ["ON"]] if os.environ.get("ON") else DATABASES
        failed += [f"{name} on {database}" for database in databases if not run(name, database, lines)]
        if not quick and lines:
            keep(name, lines)
    if failed:
        print("did not run to the end: " + ", ".join(failed), file=sys.stderr)
    return int(bool(failed))


def has_main(path: Path) -> bool:
    """It is a benchmark, and not what benchmarks share."""
    return path.stem != "run" and "\ndef main(" in path.read_text()


def run(name: str, database: str, lines: list[Line]) -> bool:
    """One benchmark on one database; what it says is printed and added to `lines`."""
    with (
        tempfile.TemporaryDirectory(prefix="corale-bench-", ignore_cleanup_errors=True) as folder,
        cluster(durable=True) if database == "postgresql" else nullcontext("") as url,
    ):
        environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "CORALE_URL"}}
        environment |= {"CORALE_DATA": folder, "DJANGO_SETTINGS_MODULE": "corale.project.settings"}
        environment |= {"DATABASE_URL": url} if url else {}
        process = subprocess.Popen(
            [sys.executable, "-c", f"from bench.{name} import main; main()"],
            cwd=HERE.parent, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        for said in spoken(process):
            line = {"bench": name, "database": database, **said, **here()}
            lines.append(line)
            print(json.dumps(line), flush=True)
        return process.wait() == 0


def spoken(process: subprocess.Popen[str]) -> Iterator[Line]:
    """The JSON objects it prints, as they come; anything else goes by."""
    assert process.stdout is not None
    for text in process.stdout:
        if text.startswith("{"):
            yield json.loads(text)
        else:
            print(text, end="", file=sys.stderr)


def here() -> Line:
    """When and on what."""
    processors = f"{os.cpu_count()} × {processor()}"
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{processors}, Python {platform.python_version()}",
    }


def processor() -> str:
    """As the system calls it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def keep(name: str, lines: list[Line]) -> None:
    """Its lines replace those of its run before, database by database."""
    KEPT.parent.mkdir(exist_ok=True)
    ran = {line["database"] for line in lines}
    before = [json.loads(text) for text in KEPT.read_text().splitlines()] if KEPT.is_file() else []
    others = [line for line in before if line["bench"] != name or line["database"] not in ran]
    KEPT.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [*others, *lines]))


if __name__ == "__main__":
    sys.exit(main())
