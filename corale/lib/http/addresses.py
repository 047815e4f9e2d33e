"""Which addresses are out in the world, and which are somebody's own house."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from corale.lib.http.errors import NotAllowed

NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in the last 32 bits; a gateway takes us there."""


def may_reach(address: str, *, allow_loopback: bool = False) -> bool:
    """True for a public unicast address, also when it is an IPv4 address in the clothes of an IPv6 one."""
    try:
        ip = _undressed(ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    if ip.is_loopback:
        return allow_loopback
    elsewhere = ip.is_multicast or ip.is_reserved or getattr(ip, "is_site_local", False)
    return ip.is_global and not elsewhere


def _undressed(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv4Address):
        return ip
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def allowed(url: str) -> SplitResult:
    """The parts of an address we are willing to open: http or https, a host, no name and password in it."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise NotAllowed(f"not an address: {url[:200]!r}") from error
    if parts.scheme not in {"http", "https"}:
        raise NotAllowed(f"only http and https, not {parts.scheme[:20]!r}")
    if not host:
        raise NotAllowed("an address without a host")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed("an address with a name or a password in it")
    return parts
