"""What the record upstairs remembers, for those down here: who show a conversation in public, and who moderate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from corale.channels.contract import Said
from corale.channels.models import Connection

Reader = Callable[[Connection, Sequence[str]], Iterable[Said]]
Memory = Callable[[Connection, str, int], Iterable[Said]]
_readers: list[Reader] = []
_memories: list[Memory] = []
_acquaintances: list[Callable[[Connection, str], bool]] = []


def register(reader: Reader) -> None:
    """`reader(connection, native_ids)` brings those of them that anybody may read and that still stand."""
    if reader not in _readers:
        _readers.append(reader)


def public(connection: Connection, native_ids: Sequence[str]) -> list[Said]:
    """What anybody may read, in no order. Nothing while no room keeps a record."""
    return [said for reader in _readers for said in reader(connection, native_ids)] if native_ids else []


def remember(memory: Memory) -> None:
    """`memory(connection, stable_id, most)` brings what somebody said to us, whoever may read it, newest first."""
    if memory not in _memories:
        _memories.append(memory)


def said_by(connection: Connection, stable_id: str, most: int) -> list[Said]:
    """The last things somebody said, for those who decide about them. Never for a page that anybody may read."""
    return [said for memory in _memories for said in memory(connection, stable_id, most)]


def recognise(knows: Callable[[Connection, str], bool]) -> None:
    """`knows(connection, stable_id)` says whether we have to do with somebody already."""
    if knows not in _acquaintances:
        _acquaintances.append(knows)


def is_known(connection: Connection, stable_id: str) -> bool:
    """Somebody with whom we have spoken, or whose words have been let in."""
    return any(knows(connection, stable_id) for knows in _acquaintances)
