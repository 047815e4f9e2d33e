"""What comes back, unpacked a piece at a time, and no more than was agreed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import httpx

from corale.lib.http.errors import NotAllowed, TooMuch
from corale.lib.http.network import deadline, remaining

PIECE = 64 * 1024


class Measured(httpx.SyncByteStream):
    """An answer's body, unpacked here, where a small parcel that unfolds into gigabytes can be stopped in time."""

    def __init__(self, inner: httpx.SyncByteStream, *, encoding: str, max_bytes: int) -> None:
        self.inner, self.max_bytes = inner, max_bytes
        self.unpack = unpacking(encoding)

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for chunk in self.inner:
            remaining()
            for piece in self.unpack(chunk):
                seen += len(piece)
                if seen > self.max_bytes:
                    raise TooMuch(f"more than {self.max_bytes} bytes")
                yield piece

    def close(self) -> None:
        deadline.set(None)
        self.inner.close()


class Unpacking:
    """gzip or deflate, at most a piece at a time."""

    def __init__(self, window: int) -> None:
        self.machine = zlib.decompressobj(window)

    def __call__(self, chunk: bytes) -> Iterator[bytes]:
        try:
            while chunk and not self.machine.eof:
                yield self.machine.decompress(chunk, PIECE)
                chunk = self.machine.unconsumed_tail
        except zlib.error as error:
            raise NotAllowed("an answer that cannot be unpacked") from error


def unpacking(encoding: str) -> Callable[[bytes], Iterator[bytes]]:
    """How a body said to be encoded like this is read; what we did not ask for is refused."""
    match encoding.strip().lower():
        case "" | "identity":
            return as_it_comes
        case "gzip" | "x-gzip" | "deflate":
            return Unpacking(zlib.MAX_WBITS | 32)
        case other:
            raise NotAllowed(f"an answer packed as {other[:20]!r}, which was not asked for")


def as_it_comes(chunk: bytes) -> Iterator[bytes]:
    yield chunk
