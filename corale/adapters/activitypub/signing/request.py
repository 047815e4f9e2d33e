"""What was asked, as signatures see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from corale.adapters.activitypub import addresses


@dataclass(frozen=True, slots=True)
class Request:
    """Names of headers are in lower case. `path` begins with a slash and has the query; `target_uri` is the address by
    which we are known, whatever the Host header says. `host` is the only one that it may say; "" takes any."""

    method: str
    target_uri: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = None
    host: str = ""

    @classmethod
    def of(cls, request: HttpRequest, body: bytes | None = None) -> Request:
        """What a browser's or a server's request to us was. Headers come from `request.headers`: an `in` on the request
        itself would read its body."""
        path = request.get_full_path()
        headers = {name.lower(): value for name, value in request.headers.items()}
        method = str(request.method)
        return cls(method, addresses.base() + path, path, headers, body, addresses.host())
