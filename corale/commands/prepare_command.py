"""The first part of `corale up`: migrations, the demo company, the link. Prints the link last."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale prepare", description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("--demo-language", choices=["it", "en"], default=None)
    options = parser.parse_args(argv)
    import django
    from django.db import DatabaseError

    django.setup()
    try:
        migrate()
    except DatabaseError as error:
        print(f"corale: the database cannot be used: {error}", file=sys.stderr)
        return 1
    from corale.accounts.first import sign_in_link
    from corale.accounts.models import User

    if not options.no_demo and not User.objects.exists():
        load_demo(options.demo_language or language())
    print(sign_in_link(options.url))
    return 0


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def load_demo(language: str) -> None:
    """Only into an empty place: what somebody emptied stays empty."""
    from corale.commands.demo_command import load

    load(language)


def language() -> str:
    """Italian for whoever's machine speaks it, English otherwise."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "it" if spoken.lower().startswith("it") else "en"
