"""`make check`: format, lint, types, floors, templates, migrations, translations. Runs all, then says which failed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
PROGRAMS = Path(PYTHON).parent
CHECKS: dict[str, list[str]] = {
    "types": [PYTHON, "-m", "mypy"],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--output-format", "concise", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "--quiet", "--output-format", "concise", "."],
    "floors": [str(PROGRAMS / "lint-imports"), "--no-cache"],
    "system": [PYTHON, "manage.py", "check"],
    "templates": [PYTHON, "-m", "scripts.check_templates"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "undoing": [PYTHON, "-m", "scripts.check_undoing"],
    "translations": [PYTHON, "-m", "scripts.check_catalogues"],
}


def main() -> int:
    """0 when every check (or every one named) holds."""
    wanted = sys.argv[1:] or list(CHECKS)
    with tempfile.TemporaryDirectory(prefix="corale-check-") as data, ThreadPoolExecutor(2) as two:
        results = list(two.map(lambda name: check(name, data), wanted))
    failed = [name for name, held in zip(wanted, results, strict=True) if not held]
    print(f"checks: {'failed: ' + ', '.join(failed) if failed else 'all hold'}", flush=True)
    return int(bool(failed))


def check(name: str, data: str) -> bool:
    """Runs one; prints what it says only if it fails."""
    began = time.monotonic()
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"CORALE_DATA": f"{data}/{name}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    held = done.returncode == 0
    print(f"{'ok    ' if held else 'FAILED'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if not held:
        print(done.stdout, flush=True)
    return held


if __name__ == "__main__":
    sys.exit(main())
