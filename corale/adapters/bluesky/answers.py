"""What a server answers: the bytes to keep, how much it still lets us ask, or one of the four errors."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from corale.adapters.bluesky.wire.fields import mapping, text
from corale.adapters.bluesky.wire.slices import opened
from corale.channels.errors import ChannelError, Disconnected, Malformed, Refused, Unreachable

RESERVE = 0.25
"""The part of what a server allows that listening leaves for what people say."""

CLOSED = frozenset(
    {"AuthenticationRequired", "AuthMissing", "AccountTakedown", "AccountDeactivated", "AccountSuspended"}
    | {"ExpiredToken", "InvalidToken", "AuthFactorTokenRequired", "BadJwt", "BadJwtSignature"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with its bytes as they came."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def opened(self) -> dict[str, Any]:
        """Its JSON. Malformed when it is none."""
        return opened(self.body)

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def problem(self) -> tuple[str, str]:
        """The name and the words of an error."""
        try:
            found = mapping(self.opened)
        except Malformed:
            return "", self.body[:200].decode("utf-8", "replace")
        return text(found.get("error")), text(found.get("message"))

    @property
    def wait(self) -> float | None:
        """How many seconds the server asks us to wait; None when it does not say."""
        return _seconds(self.headers.get("retry-after", "")) or self.until_reset

    @property
    def until_reset(self) -> float | None:
        """Seconds until the server counts from zero again."""
        reset = self.headers.get("ratelimit-reset", "")
        if not reset.isdecimal():
            return None
        # draft-ietf-httpapi-ratelimit-headers counts seconds from now; these servers send a moment.
        return max(float(reset) - time.time(), 1.0) if len(reset) > 9 else max(float(reset), 1.0)

    @property
    def is_scarce(self) -> bool:
        """Little is left to ask: what remains is for people."""
        limit, remaining = (self.headers.get(f"ratelimit-{each}", "") for each in ("limit", "remaining"))
        return limit.isdecimal() and remaining.isdecimal() and int(remaining) < int(limit) * RESERVE

    def error(self) -> ChannelError:
        """Which of the four errors it is."""
        name, words = self.problem
        said = f"{self.status} {name}: {words}"[:500]
        if self.status == 429 or name == "RateLimitExceeded":
            return Unreachable(said, advice=_("The network asks us to wait."), retry_after=self.wait or 60.0)
        if self.status >= 500 or self.status == 408:
            return Unreachable(said, retry_after=_seconds(self.headers.get("retry-after", "")))
        if self.status == 401 or name in CLOSED:
            return Disconnected(said, advice=_closed(name))
        return Refused(said, advice=words)


def _closed(name: str) -> str:
    match name:
        case "AuthFactorTokenRequired":
            return _("This account asks for a code by e-mail. Make an app password and connect with that.")
        case "AccountTakedown" | "AccountSuspended":
            return _("The network has suspended this account. Only its own support can help.")
        case "AccountDeactivated":
            return _("This account is deactivated. Reactivate it on the network, then connect it again.")
    return _(
        "The account no longer lets us in: the app password was revoked or changed. Make a new one in the account's"
        " settings, under “App passwords”, and connect the account again."
    )


def _seconds(value: str) -> float | None:
    """`retry-after`: seconds, or a date."""
    if value.isdecimal():
        return max(float(value), 1.0)
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 1.0) if value else None
    except ValueError:
        return None
