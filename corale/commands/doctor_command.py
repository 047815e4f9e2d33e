"""`corale doctor`: looks at everything that can be looked at, and says what to do. 1 when something is broken."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict

from corale.commands.checks import Finding

Check = Callable[[], Iterable[Finding]]
SIGNS = {"ok": "ok  ", "warn": "note", "bad": "BAD "}


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale doctor", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON list, for other programs")
    parser.add_argument("--deep", action="store_true", help="also read the whole database file (SQLite)")
    options = parser.parse_args(argv)
    findings = examine(deep=options.deep)
    if options.json:
        json.dump([asdict(finding) for finding in findings], sys.stdout, indent=1)
        print()
    else:
        for finding in findings:
            print(f"{SIGNS[finding.level]}  {finding.name}: {finding.words}")
            if finding.advice:
                print(f"      {finding.advice}")
    return int(any(finding.level == "bad" for finding in findings))


def examine(*, deep: bool = False) -> list[Finding]:
    """Every finding. What cannot be looked at is itself a finding."""
    import django

    django.setup()
    from corale.commands.checks import channels, clock, place, queue, versions

    checks: list[Check] = [versions.versions, place.folder, place.disk, place.migrations]
    checks += [queue.queue, channels.channels, clock.clock]
    if deep:
        checks.append(place.whole)
    return [finding for check in checks for finding in _looked_at(check)]


def _looked_at(check: Check) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(check())
    except Exception as error:
        found.append(
            Finding(check.__name__, "bad", f"could not be looked at: {str(error).strip() or type(error).__name__}")
        )
    return found
