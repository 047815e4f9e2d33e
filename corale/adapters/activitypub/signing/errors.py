"""Why somebody was not believed."""

from __future__ import annotations


class NotBelieved(Exception):
    """A request that is not kept. `reason` is counted, `status` answered, `retry_after` (seconds) sent along.

    Reasons, 401: `unsigned`, `unreadable_signature`, `several_signatures`, `unknown_algorithm`, `not_covered`,
    `wrong_host`, `too_old`, `from_the_future`, `expired`, `no_digest`, `wrong_digest`, `no_key`, `wrong_signature`.
    403: `foreign_actor`, `foreign_object`, `blocked_server`, `blocked_actor`. 400: `malformed`. 413: `too_large`.
    415: `wrong_type`. 429: `too_many`.
    """

    def __init__(self, reason: str, status: int = 401, *, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.status, self.retry_after = reason, status, retry_after
