"""What the other servers sent, and how to read it as the brand of Molino would."""

from __future__ import annotations

import json
from pathlib import Path

from corale.adapters.activitypub.wire.reading import read
from corale.channels.contract import Raw

FOLDER = Path(__file__).resolve().parents[3] / "payloads/activitypub"
ARRIVALS = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.json"))}
BASE = "https://social.molino.example"
MOLINO = f"{BASE}/actors/molino"
POST = f"{MOLINO}/posts/0193c5d2e1a0b1c2d3e4"
CARLA = "https://mastodon.example/users/carla"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def events(body, **headers):
    """Of bytes, of JSON, or of a recorded arrival by its name."""
    if isinstance(body, str):
        body = ARRIVALS[body]
    elif not isinstance(body, bytes):
        body = json.dumps(body).encode()
    return list(read(Raw("some", body, {"base": BASE, **headers})))


def note(**changes):
    """A public note of Carla's to the brand, with changes."""
    return {
        "id": f"{CARLA}/statuses/1", "type": "Note", "attributedTo": CARLA, "content": "<p>ciao</p>",
        "published": "2026-10-02T07:41:12Z", "to": [PUBLIC], "cc": [f"{CARLA}/followers"], **changes,
    }  # fmt: skip


def create(thing=None, **changes):
    """A Create of something."""
    thing = note() if thing is None else thing
    given = {name: thing[name] for name in ("to", "cc") if isinstance(thing, dict) and name in thing}
    return {"id": f"{CARLA}/statuses/1/activity", "type": "Create", "actor": CARLA, "object": thing, **given, **changes}
