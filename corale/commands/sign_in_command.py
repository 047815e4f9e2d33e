"""`corale sign-in EMAIL`: a link that lets this person in once, for whoever holds the console."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale sign-in", description=__doc__)
    parser.add_argument("email")
    options = parser.parse_args(argv)
    import django

    django.setup()
    from corale.accounts.first import link_for
    from corale.accounts.models import User

    try:
        print(link_for(options.email))
    except User.DoesNotExist:
        print(f"corale: nobody signs in with {options.email}.", file=sys.stderr)
        return 1
    return 0
