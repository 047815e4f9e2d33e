"""Pictures on their way out: nothing in them but the picture, and small enough."""

from __future__ import annotations

import io
from pathlib import Path

from django.utils.translation import gettext_noop as _
from PIL import Image, ImageOps, UnidentifiedImageError

from corale.channels.errors import Refused

MOST = 1_900_000
LARGEST = 4000
QUALITIES = (90, 82, 72, 60)


def bare(path: Path, most: int = MOST) -> tuple[bytes, str, int, int]:
    """The picture without place, camera and author, upright, within `most` bytes: bytes, kind, width, height.

    The same file gives the same bytes: sending it again is recognised by the other side.
    """
    try:
        with Image.open(path) as found:
            kind = found.format
            upright = ImageOps.exif_transpose(found)
            upright.load()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise Refused(str(error), advice=_("This file is not a picture that can be sent.")) from error
    transparent = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    if kind == "PNG" or transparent:
        content = _written(upright.convert("RGBA" if transparent else "RGB"), "PNG")
        if len(content) <= most:
            return content, "image/png", upright.width, upright.height
    return _small_enough(_on_white(upright), most)


def _small_enough(picture: Image.Image, most: int) -> tuple[bytes, str, int, int]:
    side = min(max(picture.size), LARGEST)
    while side:
        shown = picture.copy()
        shown.thumbnail((side, side))
        for quality in QUALITIES:
            content = _written(shown, "JPEG", quality=quality)
            if len(content) <= most:
                return content, "image/jpeg", shown.width, shown.height
        side = side * 3 // 4
    raise Refused("a picture too large to send")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGB", "L"}:
        return picture.convert("RGB")
    over = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")


def _written(picture: Image.Image, kind: str, **options: int) -> bytes:
    """Only the points of the picture are copied: what else was in the file stays behind."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    target = io.BytesIO()
    clean.save(target, kind, optimize=True, **options)
    return target.getvalue()
