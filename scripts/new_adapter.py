"""`make adapter NAME=lemmy`: a folder for a new channel, known to the registry, with a contract test that fails."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SKELETON = ROOT / "scripts/adapter"


def main() -> int:
    """Writes nothing over anything."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if not re.fullmatch(r"[a-z][a-z0-9]*", name):
        print("say which, in small letters: make adapter NAME=lemmy")
        return 2
    folder = ROOT / "corale/adapters" / name
    if folder.exists():
        print(f"{folder.relative_to(ROOT)} is there already")
        return 1
    make(ROOT, name)
    print(f"corale/adapters/{name} is made, and stands in corale/channels/registry.py. Next: put what the other side")
    print(f"really sends into tests/payloads/{name}/, and make the contract hold:")
    print(f"    .venv/bin/python -m pytest tests/unit/adapters/test_contract.py -k {name}")
    return 0


def make(root: Path, name: str) -> None:
    """The folder, and the line in the registry."""
    folder = root / "corale/adapters" / name
    folder.mkdir(parents=True)
    for path in sorted(SKELETON.glob("*.txt")):
        text = path.read_text().replace("@name@", name).replace("@Name@", name.title())
        (folder / path.name.removesuffix(".txt")).write_text(text)
    (root / "tests/payloads" / name).mkdir(parents=True, exist_ok=True)
    registry = root / "corale/channels/registry.py"
    line = f'    "{name}": "corale.adapters.{name}.adapter:{name.title()}Adapter",\n'
    registry.write_text(
        re.sub(r"(ADAPTERS: dict\[str, str\] = \{\n(?: {4}.*\n)*)", rf"\g<1>{line}", registry.read_text())
    )


if __name__ == "__main__":
    sys.exit(main())
