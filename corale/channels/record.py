"""What the record upstairs remembers, for those down here who show a conversation in public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from corale.channels.contract import Said
from corale.channels.models import Connection

Reader = Callable[[Connection, Sequence[str]], Iterable[Said]]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """`reader(connection, native_ids)` brings those of them that anybody may read and that still stand."""
    if reader not in _readers:
        _readers.append(reader)


def public(connection: Connection, native_ids: Sequence[str]) -> list[Said]:
    """What anybody may read, in no order. Nothing while no room keeps a record."""
    return [said for reader in _readers for said in reader(connection, native_ids)] if native_ids else []
