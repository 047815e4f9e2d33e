"""`corale demo load|empty`: Molino, the demo company, comes or goes; what is not the demo's stays."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence
from typing import Any

from corale.commands.prepare_command import language


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale demo", description=__doc__)
    parser.add_argument("what", choices=["load", "empty"])
    parser.add_argument("--language", choices=["it", "en"], default=None)
    options = parser.parse_args(argv)
    import django

    django.setup()
    done = load(options.language or language()) if options.what == "load" else empty()
    return 0 if done else 1


def load(language: str) -> bool:
    return _call("load", language)


def empty() -> bool:
    return _call("empty")


def _call(verb: str, *args: Any) -> bool:
    """The room `demo` says how, in `corale/demo/molino.py`; without it there is no demo."""
    if importlib.util.find_spec("corale.demo.molino") is None:
        print("corale: this installation has no demo company.", file=sys.stderr)
        return False
    act: Callable[..., Any] = getattr(importlib.import_module("corale.demo.molino"), verb)
    act(*args)
    return True
