"""docs/facts.md, written again from the docstrings of the events: `python -m scripts.facts`."""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corale.ledger.events import Event

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/facts.md"
HEAD = """# Facts

A fact is something that happened, written in the same transaction as what happened. This page is written from the
source: `python -m scripts.facts` writes it again.

Every fact has these columns. An id is a plain number and not a reference: a fact outlives what it speaks of.

| column | what it says |
|---|---|
| `id` | the order in which facts were written |
| `kind` | what happened, `noun.past_participle` |
| `at` | when it happened, UTC |
| `recorded_at` | when it was written down, UTC |
| `by_id` | the colleague who did it |
| `person_id` | the person outside whom it is about |
| `conversation_id`, `message_id`, `connection_id` | where |
| `auto` | nobody did it by hand: such a fact counts as nobody's merit |
| `demo` | it belongs to the demo company, and goes with it |
| `data` | what stands in no column: listed below for each kind (a decision and an outcome repeat it as `kind`) |

The table only grows: the database itself refuses to change a row, and refuses to delete one that is not the demo's. No
fact holds words, names or handles, so a person can be erased while the facts stay.
"""


def main() -> int:
    """Writes the page."""
    PAGE.write_text(page())
    return 0


def page() -> str:
    """The page as the source has it today."""
    by_room: dict[str, list[type[Event]]] = {}
    for event in events():
        by_room.setdefault(event.__module__.split(".")[1], []).append(event)
    rooms = [f"## {room}\n\n" + "\n".join(map(entry, found)) for room, found in sorted(by_room.items())]
    return "\n".join([HEAD, *rooms])


def events() -> list[type[Event]]:
    """Every kind of fact, in the order of the source."""
    from corale.ledger.events import KINDS

    for path in sorted((ROOT / "corale").rglob("*.py")):
        if "(Event):" in path.read_text():
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    ours = [event for event in KINDS.values() if event.__module__.startswith("corale.")]
    return sorted(ours, key=lambda event: (event.__module__, inspect.getsourcelines(event)[1]))


def entry(event: type[Event]) -> str:
    """One kind: what it says, and what stands in its data."""
    from corale.ledger.events import Event

    common = {field.name for field in fields(Event)}
    own = [f"`{field.name}` ({field.type})" for field in fields(event) if field.name not in common]
    told = f"### `{event.kind}`\n\n{inspect.getdoc(event)}\n"
    return f"{told}\nIn its data: {', '.join(own)}.\n" if own else told


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corale.project.settings")
    django.setup()
    sys.exit(main())
