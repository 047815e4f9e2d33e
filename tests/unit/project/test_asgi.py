"""The one callable of a web process, as our server calls it."""

from __future__ import annotations

import asyncio
from typing import Any

from corale.project.asgi import Corale


def test_what_is_sent_to_us_is_read_also_from_a_server_that_hands_out_futures():
    body = b"login=anna%40molino.test"
    answers: list[dict[str, Any]] = []

    async def ask() -> None:
        sent = [{"type": "http.request", "body": body, "more_body": False}]

        def receive() -> Any:
            future = asyncio.get_running_loop().create_future()
            future.set_result(sent.pop() if sent else {"type": "http.disconnect"})
            return future

        async def send(message: dict[str, Any]) -> None:
            answers.append(message)

        await Corale()(scope(len(body)), receive, send)

    asyncio.run(ask())

    assert answers[0]["status"] == 403  # it was read as far as the missing token of the form


def scope(length: int) -> dict[str, Any]:
    headers = [
        (b"host", b"localhost"),
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"content-length", str(length).encode()),
    ]
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/account/login/", "raw_path": b"/account/login/", "query_string": b"", "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("localhost", 8000),
    }  # fmt: skip
