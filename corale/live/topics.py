"""Who may listen to what. Rooms above say it for their topics; what nobody mentioned is open to signed-in people.

allow("person", lambda user, rest: …)       # in apps.py: may `user` listen to `person:<rest>`?
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Rule = Callable[[Any, str], bool]


def nobody(user: Any, rest: str) -> bool:
    return False


rules: dict[str, Rule] = {"person": nobody}
"""`person:` is closed until the room of people says whose it is."""

MOST = 20
"""More topics than a page can need: the address is refused."""


def allow(name: str, rule: Rule) -> None:
    rules[name] = rule


def may_listen(user: Any, topic: str) -> bool:
    """Asked when a stream begins and again every minute; runs in a thread, may read the database."""
    name, _, rest = topic.partition(":")
    rule = rules.get(name)
    return rule is None or rule(user, rest)
