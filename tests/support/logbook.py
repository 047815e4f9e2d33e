"""A channel made of two files, to count with: what arrives is read from `incoming`, what leaves goes to `outgoing`.

Unlike a friendly server it does not recognise what it is told twice: a line is written each time, so that saying
something twice can be counted. Named in CORALE_ADAPTERS, as any adapter from elsewhere would be.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corale.channels.contract import Can, Event, Limits, Outgoing, Raw, Received, Said, Sent, Who

AT_ONCE = 7


class Logbook:
    """`connection.service` is the folder with the two files. A line of `incoming` is `id|author|text`."""

    kind = name = "logbook"
    parser_version = 1
    can = Can.RECEIVE | Can.REPLY
    limits = Limits()
    connect_fields: Sequence[Any] = ()
    reads: Sequence[str] = ()
    writes: Sequence[str] = ()

    def streams(self, connection: Any) -> Sequence[str]:
        return ("incoming",)

    def receive(self, connection: Any, stream: str, cursor: str) -> Received:
        with (Path(connection.service) / "incoming").open("rb") as file:
            file.seek(int(cursor or 0))
            lines = [line for line in (file.readline() for _ in range(AT_ONCE)) if line.endswith(b"\n")]
            raws = [Raw(line.split(b"|")[0].decode(), line) for line in lines]
            return Received(stream, raws, str(int(cursor or 0) + sum(map(len, lines))), again_in=0.01 if raws else 0.2)

    def recheck(self, connection: Any, native_ids: Sequence[str]) -> Sequence[Raw]:
        return ()

    def read(self, raw: Raw) -> Iterable[Event]:
        native_id, author, text = raw.body.decode().rstrip("\n").split("|")
        yield Said(native_id, "1", Who("logbook", author, author), text, datetime.now(UTC), addressed=True)

    def voice_for(self, connection: Any, person_id: int | None) -> Who:
        return Who(self.kind, connection.stable_id, handle=connection.handle, name=connection.name)

    def choose_id(self, connection: Any, kind: str, *, voice: str = "") -> str:
        return uuid.uuid4().hex

    def send(self, connection: Any, outgoing: Outgoing) -> Sent:
        with self._outgoing(connection).open("ab") as file:
            file.write(f"{outgoing.outside_id}|{outgoing.text}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        return Sent(outgoing.outside_id, "1", datetime.now(UTC))

    def look(self, connection: Any, outgoing: Outgoing) -> Sent | None:
        path = self._outgoing(connection)
        stands = path.is_file() and outgoing.outside_id.encode() in path.read_bytes()
        return Sent(outgoing.outside_id, "1", datetime.now(UTC)) if stands else None

    def measure(self, text: str) -> int:
        return len(text)

    def split(self, text: str) -> list[str]:
        return [text]

    def profile_url(self, who: Who) -> str:
        return ""

    @staticmethod
    def _outgoing(connection: Any) -> Path:
        return Path(connection.service) / "outgoing"
