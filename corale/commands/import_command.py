"""`corale import`: the room of conversations says how."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from corale.project.sparing import settle_down


def main(argv: Sequence[str]) -> int:
    import django

    django.setup()
    commands = importlib.import_module("corale.conversations.commands")
    settle_down()
    return int(commands.import_command(list(argv)) or 0)
