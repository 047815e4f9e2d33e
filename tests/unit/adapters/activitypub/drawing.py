"""A small picture."""

from __future__ import annotations

import io

from PIL import Image


def drawn(colour: tuple[int, int, int, int] = (152, 64, 31, 255), size: tuple[int, int] = (8, 8)) -> bytes:
    """As PNG."""
    kept = io.BytesIO()
    Image.new("RGBA", size, colour).save(kept, "PNG")
    return kept.getvalue()
