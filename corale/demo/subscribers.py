"""The first person asked to see a company in action."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from corale.accounts.signals import demo_wanted
from corale.demo import molino


@receiver(demo_wanted)
def wanted(language: str = "", **_rest: Any) -> None:
    molino.load(language or "en")
