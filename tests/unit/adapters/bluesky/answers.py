"""What the real servers answered, from tests/payloads/bluesky_answers."""

from __future__ import annotations

import json
from pathlib import Path

from corale.adapters.bluesky.answers import Answer

FOLDER = Path(__file__).resolve().parents[3] / "payloads/bluesky_answers"


def answer(name: str) -> Answer:
    """One recorded answer."""
    kept = json.loads((FOLDER / f"{name}.json").read_text())
    return Answer(kept["status"], kept["body"].encode(), kept["headers"])
