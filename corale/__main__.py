"""The program `corale`: one file per command in corale/commands, imported only when it is the one called."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "up": "run everything: pages, live updates, background work",
    "web": "run the pages only",
    "worker": "run background work only",
    "doctor": "check versions, clock, disk, queue and channels",
    "backup": "write everything into one file, also while Corale runs",
    "restore": "bring everything back from such a file",
    "import": "read messages from a JSONL or CSV file",
    "export": "write the recorded facts to a file",
    "demo": "load the demo company, or empty it",
    "sign-in": "a link that lets somebody in once",
    "manage": "Django's own commands",
}
HIDDEN = {"prepare", "stage"}
"""Steps of `up` and `restore` that run in a process of their own."""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 when all is well, 1 when something is not, 2 for a wrong call."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corale.project.settings")
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="corale", description="Corale: conversations of a company, as people.")
    parser.add_argument("--version", action="version", version=version())
    rooms = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name, words_about in COMMANDS.items():
        rooms.add_parser(name, help=words_about, add_help=False)
    if not words or words[0] not in {*COMMANDS, *HIDDEN}:
        parser.parse_args(words or ["--help"])
        return 2
    module = importlib.import_module(f"corale.commands.{words[0].replace('-', '_')}_command")
    return int(module.main(words[1:]) or 0)


def version() -> str:
    from corale import __version__

    return f"corale {__version__}"


if __name__ == "__main__":
    sys.exit(main())
