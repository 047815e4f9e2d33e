"""The first part of `corale up`: migrations, then the link is printed, then the demo company is loaded.

`up` starts the pages as soon as it has the link.
"""

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

    is_new = not User.objects.at_home().exists()
    print(sign_in_link(options.url), flush=True)
    if is_new and not options.no_demo:
        load_demo(options.demo_language or language())
    return 0


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def load_demo(language: str) -> None:
    """Only until somebody is at home: what they emptied stays empty."""
    from corale.commands.demo_command import load

    load(language)


def language() -> str:
    """Italian for whoever's machine speaks it, English otherwise."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "it" if spoken.lower().startswith("it") else "en"
