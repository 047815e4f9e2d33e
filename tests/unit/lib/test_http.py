"""The guarded door: nothing inside our own house can be reached through it, whatever name it goes by."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib import http
from corale.lib.http import network

INSIDE = ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"]
INSIDE += ["192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"]

addresses_inside = st.sampled_from(INSIDE).flatmap(lambda net: st.ip_addresses(v=4, network=net))
clothes = st.sampled_from(
    [
        lambda ip: str(ip),
        lambda ip: f"::ffff:{ip}",
        lambda ip: str(IPv6Address((0x0064FF9B << 96) | int(ip))),
        lambda ip: str(IPv6Address((0x2002 << 112) | (int(ip) << 80))),
    ]
)


@given(addresses_inside, clothes)
def test_no_address_inside_is_reached_in_any_clothes(ip: IPv4Address, dressed: Callable[[IPv4Address], str]) -> None:
    assert not http.may_reach(dressed(ip))


@given(
    st.sampled_from(
        ["fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001:db8::/32", "64:ff9b:1::/48", "::/96"]
    ).flatmap(lambda net: st.ip_addresses(v=6, network=net))
)
def test_no_ipv6_address_inside_is_reached(ip: IPv6Address) -> None:
    assert not http.may_reach(str(ip))


@given(st.ip_addresses(v=4, network="9.0.0.0/8"))
def test_addresses_in_the_world_are_reached_also_through_a_gateway(ip: IPv4Address) -> None:
    assert http.may_reach(str(ip))
    assert http.may_reach(f"::ffff:{ip}")
    assert http.may_reach(str(IPv6Address((0x0064FF9B << 96) | int(ip))))


def test_loopback_is_reached_only_when_development_asks_for_it() -> None:
    assert http.may_reach("127.0.0.1", allow_loopback=True) and http.may_reach("::1", allow_loopback=True)
    assert not http.may_reach("10.0.0.1", allow_loopback=True)


@given(st.text())
def test_words_are_not_addresses(text: str) -> None:
    parsable = text.partition("%")[0].count(".") == 3 or ":" in text
    assert parsable or not http.may_reach(text)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "https://anna:secret@example.com/",
        "https://anna@example.com/",
        "http:///path",
        "http://[::1",
        "http://example.com:99999999/",
        "",
        "javascript:alert(1)",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_what_is_not_allowed_says_so(url: str) -> None:
    with pytest.raises(http.NotAllowed):
        http.fetch(url)


def test_one_address_inside_is_enough_to_refuse_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    answers_with(monkeypatch, "93.184.216.34", "10.0.0.7")

    with pytest.raises(http.NotAllowed):
        http.fetch("http://two-faces.example/")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answers_with(monkeypatch, "127.0.0.1")
    with serving(lambda handler: reply(handler, handler.headers["Host"].encode())) as port:
        answer = http.fetch(f"http://a-name.example:{port}/", allow_loopback=True)

    assert answer.content == f"a-name.example:{port}".encode()
    assert asked == ["a-name.example"]


def test_an_unknown_name_is_unreachable() -> None:
    with pytest.raises(http.Unreachable):
        http.fetch("http://nobody.invalid/")


def test_a_closed_door_is_unreachable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(http.Unreachable):
        http.fetch(f"http://127.0.0.1:{port}/", allow_loopback=True)


def test_too_many_bytes_are_not_taken() -> None:
    with serving(lambda handler: reply(handler, b"x" * 5000)) as port, pytest.raises(http.TooMuch):
        http.fetch(f"http://127.0.0.1:{port}/", allow_loopback=True, max_bytes=4999)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_small_parcel_that_unfolds_into_much_is_not_taken(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    parcel = pack(bytes(50 * 1024 * 1024))
    with serving(lambda handler: reply(handler, parcel, encoding=encoding)) as port, pytest.raises(http.TooMuch):
        http.fetch(f"http://127.0.0.1:{port}/", allow_loopback=True, max_bytes=1024 * 1024)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_what_is_packed_is_unpacked(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    with serving(lambda handler: reply(handler, pack(b"ciao" * 40000), encoding=encoding)) as port:
        assert http.fetch(f"http://127.0.0.1:{port}/", allow_loopback=True).content == b"ciao" * 40000


def test_a_packing_nobody_asked_for_is_refused() -> None:
    with serving(lambda handler: reply(handler, b"?", encoding="zstd")) as port, pytest.raises(http.NotAllowed):
        http.fetch(f"http://127.0.0.1:{port}/", allow_loopback=True)


def test_a_redirect_into_the_house_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda handler: redirect(handler, "http://10.0.0.1/")) as port, pytest.raises(http.NotAllowed):
        http.fetch(f"http://127.0.0.1:{port}/", allow_loopback=True)


def test_a_redirect_that_goes_round_ends() -> None:
    with serving(lambda handler: redirect(handler, "/again")) as port, pytest.raises(http.TooMuch):
        http.fetch(f"http://127.0.0.1:{port}/", allow_loopback=True)


def test_headers_do_not_follow_a_redirect_to_another_origin() -> None:
    seen: list[str | None] = []

    def remember(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        reply(handler, b"")

    with serving(remember) as there, serving(lambda handler: redirect(handler, f"http://127.0.0.1:{there}/")) as here:
        http.fetch(f"http://127.0.0.1:{here}/", allow_loopback=True, headers={"Authorization": "Bearer x"})

    assert seen == [None]


def test_an_answer_that_drips_is_given_up_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 100_000, 4))
    monkeypatch.setattr(network, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr("corale.lib.http.door.monotonic", lambda: 0.0)

    with serving(lambda handler: reply(handler, b"x" * 2_000_000)) as port, pytest.raises(http.TooSlow):
        http.fetch(f"http://127.0.0.1:{port}/", allow_loopback=True, timeout=30)


def test_a_client_of_somebody_elses_making_is_guarded_too() -> None:
    with httpx.Client(transport=http.Door()) as client, pytest.raises(http.NotAllowed):
        client.get("http://127.0.0.1:1/")


def test_one_answer_after_another_comes_over_the_same_door() -> None:
    with serving(lambda handler: reply(handler, b"ok")) as port, http.client(allow_loopback=True) as client:
        answers = [client.get(f"http://127.0.0.1:{port}/").text for _ in range(3)]

    assert answers == ["ok", "ok", "ok"]
    assert network.deadline.get() is None


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server on loopback that answers every GET like this."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def reply(handler: BaseHTTPRequestHandler, body: bytes, *, encoding: str = "") -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    if encoding:
        handler.send_header("Content-Encoding", encoding)
    handler.end_headers()
    with suppress(BrokenPipeError, ConnectionResetError):
        handler.wfile.write(body)


def redirect(handler: BaseHTTPRequestHandler, target: str) -> None:
    handler.send_response(302)
    handler.send_header("Location", target)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def answers_with(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Every name is at these addresses; returns the list of names asked for."""
    asked: list[str] = []

    def look_up(host: str, port: int, *_more: object, **_options: object) -> list[tuple[object, ...]]:
        if host in addresses:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(network.socket, "getaddrinfo", look_up)
    return asked
