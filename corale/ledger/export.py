"""Everything that was recorded, as lines of JSON: a header, the facts, the seals. Never words, names or handles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from corale import __version__
from corale.ledger.lines import lines, salt_name
from corale.ledger.models import Fact, Seal

_headers: dict[str, Callable[[bool], Any]] = {}


def register_header(name: str, value: Callable[[bool], Any]) -> None:
    """Rooms above say what else a reader of the facts needs; called with whether it is the demo's export."""
    _headers[name] = value


def export(*, demo: bool = False) -> Iterator[str]:
    """The lines, each with its line end; a thousand facts in memory at a time."""
    header = {"corale": "facts", "version": __version__, "exported_at": timezone.now().isoformat(), "demo": demo}
    header |= {"salt": salt_name()} | {name: value(demo) for name, value in _headers.items()}
    yield json.dumps(header, sort_keys=True) + "\n"
    for _pk, line in lines(Fact.objects.filter(demo=demo)):
        yield line + "\n"
    if not demo:
        for seal in Seal.objects.order_by("last_id").iterator():
            yield json.dumps(
                {"seal": {"first": seal.first_id, "last": seal.last_id, "count": seal.count, "digest": seal.digest,
                          "previous": seal.previous}}
            ) + "\n"  # fmt: skip
