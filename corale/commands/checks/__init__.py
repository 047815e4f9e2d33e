"""What `corale doctor` looks at: each check yields findings, and never raises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """`bad`: something is broken; `warn`: it works, and somebody should know; `ok`: as it should be."""

    name: str
    level: Literal["ok", "warn", "bad"]
    words: str
    advice: str = ""
