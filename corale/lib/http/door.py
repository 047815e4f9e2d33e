"""The guarded transport, for whoever brings or needs an httpx client."""

from __future__ import annotations

from time import monotonic
from typing import Any

import httpcore
import httpx

from corale.lib.http.addresses import allowed
from corale.lib.http.errors import TooSlow, Unreachable
from corale.lib.http.network import Network, deadline
from corale.lib.http.streams import Measured
from corale.lib.http.trust import context

MAX_BYTES = 64 * 1024 * 1024
TOTAL_SECONDS = 60.0


class Door(httpx.HTTPTransport):
    """Every request of a client goes through here: where to, how long, how much.

    `total_seconds` is for the whole answer, however slowly it drips; httpx's own timeouts are for each wait inside it.
    """

    def __init__(
        self,
        *,
        allow_loopback: bool = False,
        max_bytes: int = MAX_BYTES,
        total_seconds: float = TOTAL_SECONDS,
        max_connections: int = 20,
    ) -> None:
        self.max_bytes, self.total_seconds = max_bytes, total_seconds
        # HTTPTransport has no way to be given a network; this is its one attribute, held by tests.
        self._pool = httpcore.ConnectionPool(
            ssl_context=context(),
            max_connections=max_connections,
            keepalive_expiry=30,
            network_backend=Network(allow_loopback=allow_loopback),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        allowed(str(request.url))
        request.headers["Accept-Encoding"] = "gzip, deflate"
        deadline.set(monotonic() + self.total_seconds)
        try:
            response = super().handle_request(request)
            return self._measured(response)
        except BaseException:
            deadline.set(None)
            raise

    def _measured(self, response: httpx.Response) -> httpx.Response:
        assert isinstance(response.stream, httpx.SyncByteStream)
        encoding = response.headers.pop("Content-Encoding", "")
        try:
            response.stream = Measured(response.stream, encoding=encoding, max_bytes=self.max_bytes)
        except BaseException:
            response.close()
            raise
        if encoding:
            response.headers.pop("Content-Length", None)
        return response


def client(
    *,
    allow_loopback: bool = False,
    max_bytes: int = MAX_BYTES,
    total_seconds: float = TOTAL_SECONDS,
    timeout: float = 15.0,
    **more: Any,
) -> httpx.Client:
    """An httpx client whose every connection is guarded; redirects it follows come through the same door."""
    door = Door(allow_loopback=allow_loopback, max_bytes=max_bytes, total_seconds=total_seconds)
    return httpx.Client(transport=door, trust_env=False, timeout=timeout, **more)


def named(error: httpx.HTTPError) -> Unreachable | TooSlow:
    """Which of our errors one of httpx's is."""
    kind = TooSlow if isinstance(error, httpx.TimeoutException) else Unreachable
    return kind(str(error) or type(error).__name__)
