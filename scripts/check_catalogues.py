"""Both catalogues say everything that the source says, nothing is a guess, and what is compiled is what is written."""

from __future__ import annotations

import ast
import gettext
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.messages import ROOT, catalogues, read

PACKAGE = ROOT / "corale"


def main() -> int:
    """Prints each sentence that lacks its translation."""
    if not shutil.which("xgettext"):
        print("gettext is missing. On Debian and Ubuntu: sudo apt install gettext")
        return 1
    found = catalogues(PACKAGE)
    if {po.parts[-3] for po in found} != {"en", "it"}:
        print("corale/locale lacks a catalogue: make messages")
        return 1
    faults = [fault for po in found for fault in (*broken(po), *stale(po))] + unseen(PACKAGE)
    with tempfile.TemporaryDirectory(prefix="corale-messages-") as folder:
        fresh = Path(folder) / "corale"
        shutil.copytree(PACKAGE, fresh, ignore=shutil.ignore_patterns("static", "staticfiles", "__pycache__"))
        read(fresh)
        for po in catalogues(fresh):
            faults += [f"{po.parts[-3]}: not translated: {sentence}" for sentence in untranslated(po)]
    print("\n".join(faults))
    return int(bool(faults))


def broken(po: Path) -> list[str]:
    """Wrong placeholders, a wrong header, and entries marked as guesses."""
    command = ["msgfmt", "--check-format", "--check-domain", "-o", "/dev/null", po]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    fuzzy = subprocess.run(["msgattrib", "--only-fuzzy", po], capture_output=True, text=True, check=True).stdout
    return ([checked.stderr] if checked.returncode else []) + ([f"{po}: guesses:\n{fuzzy}"] if fuzzy.strip() else [])


def stale(po: Path) -> list[str]:
    """The compiled catalogue says something else, or is not there."""
    mo = po.with_suffix(".mo")
    compiled = subprocess.run(["msgfmt", "-o", "-", po], capture_output=True, check=True).stdout
    if mo.is_file() and sentences(mo.read_bytes()) == sentences(compiled):
        return []
    return [f"{mo.relative_to(ROOT)} is not what is written in {po.name}: make messages"]


def sentences(mo: bytes) -> dict[object, str]:
    """What a compiled catalogue holds."""
    return dict(gettext.GNUTranslations(io.BytesIO(mo))._catalog)  # type: ignore[attr-defined]


def untranslated(po: Path) -> list[str]:
    """The sentences without a translation, as they stand in the source."""
    command = ["msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", po]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [
        line.removeprefix("msgid ") for line in listed.splitlines() if line.startswith("msgid ") and line != 'msgid ""'
    ]


def unseen(package: Path) -> list[str]:
    """Sentences inside f-strings: gettext does not find them there."""
    faults = []
    for file in package.rglob("*.py"):
        literals = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.JoinedStr)]
        calls = [node for literal in literals for node in ast.walk(literal) if isinstance(node, ast.Call)]
        names = [(call.lineno, call.func.id) for call in calls if isinstance(call.func, ast.Name)]
        faults += [
            f"{file.relative_to(ROOT)}:{line}: a sentence inside an f-string is not read: give it a name before"
            for line, name in names
            if name == "_" or "gettext" in name
        ]
    return faults


if __name__ == "__main__":
    sys.exit(main())
