"""`corale import`: the room of channels says how."""

from __future__ import annotations

import importlib
from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    import django

    django.setup()
    return int(importlib.import_module("corale.conversations.commands").import_command(list(argv)) or 0)
