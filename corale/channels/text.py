"""Text that every database can keep."""

from __future__ import annotations

_UNKEEPABLE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | {0: ""}


def plain(text: str) -> str:
    """No NUL, no half of a surrogate pair; everything else as it came. Doing it twice is doing it once."""
    if "\x00" not in text:
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return text.translate(_UNKEEPABLE)
