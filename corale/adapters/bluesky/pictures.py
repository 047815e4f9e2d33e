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
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png"}
HARMLESS = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression"})


def bare(path: Path, most: int = MOST) -> tuple[bytes, str, int, int]:
    """The picture without place, camera and author, upright, within `most` bytes: bytes, kind, width, height.

    What is bare already stays as it is. The same file gives the same bytes: whoever gets it twice sees that it is one.
    """
    try:
        content = path.read_bytes()
        with Image.open(io.BytesIO(content)) as found:
            kind = found.format or ""
            if kind in KINDS and len(content) <= most and not found.getexif() and HARMLESS.issuperset(found.info):
                return content, KINDS[kind], found.width, found.height
            upright = ImageOps.exif_transpose(found)
            upright.load()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise Refused(str(error), advice=_("This file is not a picture that can be sent.")) from error
    transparent = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    if kind == "PNG" or transparent:
        drawn = _written(upright.convert("RGBA" if transparent else "RGB"), "PNG")
        if len(drawn) <= most:
            return drawn, "image/png", upright.width, upright.height
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
