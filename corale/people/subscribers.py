"""When somebody can sign in, there is a person behind them."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from corale.accounts.models import User
from corale.accounts.signals import user_introduced, user_joined, user_left, user_returned
from corale.people.actions.employ import dismiss, employ


@receiver(user_joined)
def joined(user: User, name: str = "", language: str = "", **_rest: Any) -> None:
    employ(user, name=name, language=language)


@receiver(user_introduced)
def introduced(user: User, name: str = "", language: str = "", **_rest: Any) -> None:
    person = employ(user, name=name)
    if language and person.language != language:
        person.language = language
        person.save(update_fields=["language"])


@receiver(user_returned)
def returned(user: User, **_rest: Any) -> None:
    employ(user)


@receiver(user_left)
def left(user: User, **_rest: Any) -> None:
    dismiss(user)
