"""Who a worker is, and how one sees that another of the same machine is dead without waiting for its lease."""

from __future__ import annotations

import functools
import hashlib
import os
import secrets
import socket
from pathlib import Path


@functools.cache
def place() -> str:
    """Names the set of processes whose numbers we can see: host, boot and process namespace."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text() + os.readlink("/proc/self/ns/pid")
    except OSError:
        boot = ""
    return hashlib.sha256(f"{socket.gethostname()} {boot}".encode()).hexdigest()[:12]


def new_identity() -> str:
    return f"{place()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_dead(identity: str, me: str) -> bool:
    """True only when certain: a process of this very place that no longer exists. Others are judged by their lease."""
    where, _, rest = identity.partition(":")
    number = rest.partition(":")[0]
    if where != place() or not number.isdigit() or identity == me:
        return False
    if int(number) == os.getpid():
        return me.startswith(f"{place()}:{number}:")
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False
