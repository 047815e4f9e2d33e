"""What an adapter needs to say something, as kept in a delivery's payload."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from corale.channels.contract import Audience, Outgoing, Poll, Ref, Upload
from corale.channels.models import Delivery


def payload_of(
    *,
    text: str = "",
    language: str = "",
    parent: Ref | None = None,
    root: Ref | None = None,
    target: Ref | None = None,
    uploads: tuple[Upload, ...] = (),
    voice: str = "",
    to: Sequence[str] = (),
    audience: Audience = "public",
    warning: str = "",
    poll: Poll | None = None,
) -> dict[str, Any]:
    """As JSON."""
    refs = {"parent": parent, "root": root, "target": target}
    return {
        "text": text,
        "language": language,
        **{name: [ref.native_id, ref.version] for name, ref in refs.items() if ref is not None},
        "uploads": [[each.path, each.mime, each.alt, each.width, each.height] for each in uploads],
        "voice": voice,
        "to": list(to),
        "audience": audience,
        "warning": warning,
        **({"poll": [list(poll.options), poll.closes_at.isoformat(), poll.several]} if poll else {}),
    }


def outgoing_of(delivery: Delivery) -> Outgoing:
    """As the adapter takes it. A part of a thread answers the part before it, whose version is known by now."""
    payload = delivery.payload
    refs = {name: Ref(*payload[name]) for name in ("parent", "root", "target") if name in payload}
    if delivery.previous is not None and delivery.kind == "reply":
        before = delivery.previous
        refs["parent"] = Ref(before.native_id or before.outside_id, before.native_version)
        refs.setdefault("root", refs["parent"])
    return Outgoing(
        kind=delivery.kind,  # type: ignore[arg-type]
        outside_id=delivery.outside_id,
        created_at=delivery.created_at,
        text=payload.get("text", ""),
        language=payload.get("language", ""),
        uploads=tuple(_upload(*each) for each in payload.get("uploads", [])),
        voice=payload.get("voice", ""),
        by=delivery.by_id,
        to=tuple(payload.get("to", ())),
        audience=payload.get("audience", "public"),
        warning=payload.get("warning", ""),
        poll=_poll(*payload["poll"]) if payload.get("poll") else None,
        **refs,
    )


def _poll(options: list[str], closes_at: str, several: bool) -> Poll:
    return Poll(tuple(options), datetime.fromisoformat(closes_at), several)


def _upload(path: str, *more: Any) -> Upload:
    """Paths are kept relative to the store, which may have moved since (a restored backup)."""
    return Upload(str(Path(settings.MEDIA_ROOT) / path), *more)
