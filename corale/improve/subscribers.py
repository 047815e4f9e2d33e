"""A message that went out has arrived, or not: whoever was told stands in the list."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from corale.channels.models import Delivery
from corale.channels.signals import delivery_ended
from corale.improve.actions.settling import settle


@receiver(delivery_ended)
def follow(delivery: Delivery, **_rest: Any) -> None:
    if delivery.purpose == "report":
        settle(delivery)
