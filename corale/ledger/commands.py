"""`corale export facts FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corale.ledger.export import export
from corale.ledger.sealing import seal_later, verify


def export_command(argv: list[str]) -> int:
    """0 when it was written (or every seal holds); 1 when a seal is broken."""
    parser = argparse.ArgumentParser(prog="corale export", description="Write the recorded facts to a file.")
    parser.add_argument("what", choices=["facts", "script", "verify"])
    parser.add_argument("file", type=Path, nargs="?", help="facts: where to write them; - is standard output")
    parser.add_argument("--demo", action="store_true", help="the demo company's facts")
    given = parser.parse_args(argv)
    if given.what == "verify":
        return _verify()
    if given.what == "script":
        print((Path(__file__).parent / "recompute.py").read_text(), end="")
        return 0
    if given.file is None or str(given.file) == "-":
        sys.stdout.writelines(export(demo=given.demo))
        return 0
    with given.file.open("w", encoding="utf-8") as opened:
        opened.writelines(export(demo=given.demo))
    print(f"The facts are in {given.file}. To recompute: corale export script > recompute.py; python recompute.py FILE")
    return 0


def _verify() -> int:
    seal_later.func()
    found = verify()
    if found.broken is not None:
        print(f"The seal of the facts {found.broken} does not hold: something was changed.", file=sys.stderr)
        return 1
    print(f"{found.sealed} facts are sealed and unchanged; {found.open} are too young to be sealed.")
    return 0
