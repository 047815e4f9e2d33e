"""A channel made of paper: what is sent is kept in a list, and nothing leaves the test."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, ClassVar

from corale.channels.contract import Can, Limits, Outgoing, Sent, Who
from corale.lib.text import graphemes

KIND = "paper"


class PaperAdapter:
    """Accepts three hundred characters and two pictures; splits at words."""

    kind = KIND
    name = "Paper"
    parser_version = 1
    can = Can.RECEIVE | Can.REPLY | Can.IMAGES | Can.SPLIT
    limits = Limits(length=300, unit="grapheme", images=2, image_bytes=1_000_000, alt_text=1000)
    connect_fields: Sequence[Any] = ()
    reads: Sequence[str] = ()
    writes: Sequence[str] = ()
    sent: ClassVar[list[Outgoing]] = []
    _numbers = itertools.count(1)

    def voice_for(self, connection: Any, person_id: int | None) -> Who:
        return Who(self.kind, connection.stable_id, handle=connection.handle, name=connection.name)

    def choose_id(self, connection: Any, kind: str, *, voice: str = "") -> str:
        return f"paper:{connection.pk}/{next(self._numbers)}"

    def send(self, connection: Any, outgoing: Outgoing) -> Sent:
        self.sent.append(outgoing)
        return Sent(outgoing.outside_id, "1", outgoing.created_at)

    def look(self, connection: Any, outgoing: Outgoing) -> Sent | None:
        return None

    def measure(self, text: str) -> int:
        return graphemes(text.strip())

    def split(self, text: str) -> list[str]:
        parts, part = [], ""
        for word in text.split():
            if part and graphemes(f"{part} {word}") > self.limits.length:
                parts.append(part)
                part = word
            else:
                part = f"{part} {word}".strip()
        return [*parts, part]

    def profile_url(self, who: Any) -> str:
        return ""
