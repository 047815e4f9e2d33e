"""A hand inside a house: one process with the product set up, that does what a test says and answers at once.

    hand = Hand(house)
    hand.does("from corale.people.models import Person; Person.objects.count()")

The last expression is the answer, as JSON; names stay from one line to the next. Run as `python -m
tests.support.hand`, it is the process.
"""

from __future__ import annotations

import ast
import contextlib
import json
import subprocess
import sys
import traceback
from typing import Any

from tests.support.processes import ROOT, House


class Hand:
    """Ends with the house, or with `close`."""

    def __init__(self, house: House) -> None:
        self._log = (house.folder / "hand.log").open("ab")
        self._inner = subprocess.Popen(
            [sys.executable, "-m", "tests.support.hand"], env=house.environment, cwd=ROOT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True,
        )  # fmt: skip

    def does(self, code: str, **given: Any) -> Any:
        """Runs it; names in `given` are there. AssertionError, with the traceback, when it fails."""
        assert self._inner.stdin is not None
        assert self._inner.stdout is not None
        self._inner.stdin.write(json.dumps({"code": code, "given": given}) + "\n")
        self._inner.stdin.flush()
        answer = json.loads(self._inner.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def close(self) -> None:
        assert self._inner.stdin is not None
        self._inner.stdin.close()
        self._inner.wait(20)
        self._log.close()


def main() -> None:
    """Line by line until there are no more."""
    import django
    from django.db import close_old_connections

    django.setup()
    out, names = sys.stdout, dict[str, Any](__name__="hand")
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            with contextlib.redirect_stdout(sys.stderr):
                names.update(asked["given"])
                answer = {"value": run(asked["code"], names)}
        except BaseException:
            answer = {"error": traceback.format_exc()}
        finally:
            close_old_connections()
        print(json.dumps(answer, default=str), file=out, flush=True)


def run(code: str, names: dict[str, Any]) -> Any:
    """The value of the last line, if it is an expression."""
    tree = ast.parse(code)
    last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None  # type: ignore[attr-defined]
    exec(compile(tree, "<hand>", "exec"), names)
    return eval(compile(last, "<hand>", "eval"), names) if last else None


if __name__ == "__main__":
    main()
