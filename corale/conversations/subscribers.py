"""What this room does when something happens at a channel."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from corale.channels.models import Connection, Delivery
from corale.channels.signals import delivery_ended, envelopes_kept
from corale.conversations.actions import answering, reacting
from corale.conversations.actions.receive import understand
from corale.conversations.actions.rewording import settle_change


@receiver(envelopes_kept, dispatch_uid="conversations.understand")
def _understand(sender: type[Connection], connection: Connection, **_more: Any) -> None:
    understand(connection)


@receiver(delivery_ended, dispatch_uid="conversations.settle")
def _settle(sender: type[Delivery], delivery: Delivery, **_more: Any) -> None:
    if delivery.kind in ("edit", "delete"):
        settle_change(delivery)
        return
    answering.settle(delivery)
    reacting.settle(delivery)
