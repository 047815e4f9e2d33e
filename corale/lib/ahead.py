"""The next one is made while this one is worked on.

Whoever works on it mostly waits for a database; the time that waiting leaves is enough to make the next one. One is
made ahead and no more, so that a file of a gigabyte takes no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Generator[T, None, None]:
    """The same items in the same order, each made in a thread of its own. An error rises where its item would have
    come. Whoever may stop early closes it: one more has been made at most."""
    end = object()
    with ThreadPoolExecutor(1, "ahead") as pool:
        coming = pool.submit(next, items, end)
        while (item := coming.result()) is not end:
            coming = pool.submit(next, items, end)
            yield item  # type: ignore[misc]
