"""Deliveries from people elsewhere, as they come over the wire."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from corale.adapters.activitypub.models import Refusal
from corale.channels.models import Envelope
from corale.jobs.models import Job
from tests.support.neighbours import ACTIVITY, signed_headers

HOUSE = "https://molino.test"
Deliver = Callable[..., Any]


@pytest.fixture
def deliver(house, client: Client) -> Deliver:
    """POSTs an activity, signed by its actor unless told otherwise; the answer. `change` is done to headers last."""

    def delivered(
        activity: Any,
        path: str = "/inbox",
        *,
        body: bytes | None = None,
        signer: str = "",
        sent_as: bytes | None = None,
        change: dict[str, str | None] | None = None,
        kind: str = ACTIVITY,
        **signing: Any,
    ) -> Any:
        body = json.dumps(activity).encode() if body is None else body
        headers = signed_headers(signer or activity["actor"], HOUSE + path, body, **signing)
        for name, value in (change or {}).items():
            headers.pop(name, None)
            headers |= {name: value} if value is not None else {}
        headers.pop("Content-Type", None)
        return client.post(path, sent_as or body, content_type=kind, headers=headers)

    return delivered


@pytest.fixture
def nothing_kept() -> Callable[[str], bool]:
    """Nothing was kept, and it was counted once, for this reason."""

    def check(reason: str, host: str = "") -> bool:
        counted = list(Refusal.objects.values_list("reason", "host", "count"))
        assert not kept() and not Job.objects.filter(key__startswith="activitypub").exists()
        assert counted == [(reason, host, 1)]
        return True

    return check


def kept() -> list[Envelope]:
    """What came from the fediverse, in order."""
    return list(Envelope.objects.filter(connection__kind="activitypub").order_by("pk"))


def note(actor: str, number: int = 1, **more: Any) -> dict[str, Any]:
    """What somebody says to us."""
    return {
        "id": f"{actor}/notes/{number}", "type": "Note", "attributedTo": actor, "content": f"<p>Number {number}</p>",
        "published": "2026-11-24T12:00:00Z", "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "cc": [f"{HOUSE}/actors/molino"], "tag": [{"type": "Mention", "href": f"{HOUSE}/actors/molino"}],
    } | more  # fmt: skip


def create(actor: str, number: int = 1, **more: Any) -> dict[str, Any]:
    thing = note(actor, number)
    said = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{thing['id']}/activity", "type": "Create"}
    return said | {"actor": actor, "object": thing, "to": thing["to"], "cc": thing["cc"]} | more


def like(actor: str, number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{actor}#likes/{number}",
        "type": "Like",
        "actor": actor,
        "object": f"{HOUSE}/actors/molino/posts/1",
    } | more
