"""Pictures in and out: looked at by content, drawn again without metadata, kept once by their hash."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Callable

from django.conf import settings

from corale.channels.models import StoredFile
from corale.lib.http import HttpError, fetch

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


class NotAPicture(Exception):
    """Too large, or not a picture that we can draw again."""


_unwanted: list[Callable[[str], bool]] = []


def leave_out(is_unwanted: Callable[[str], bool]) -> None:
    """`is_unwanted(url)`: nothing is fetched from there, and nothing of it that we have is shown."""
    if is_unwanted not in _unwanted:
        _unwanted.append(is_unwanted)


def picture_at(url: str, *, side: int = 1600) -> StoredFile:
    """The picture at an address, fetched once through the guarded door. Errors: NotAPicture, HttpError."""
    if any(is_unwanted(url) for is_unwanted in _unwanted):
        raise NotAPicture("from where we want no pictures")
    kept = StoredFile.objects.filter(source_url=f"{side}:{url}"[:1000]).first()
    kept = kept or StoredFile.objects.filter(source_url=url[:1000]).first()
    if kept is not None and kept.path.is_file():
        return kept
    answer = fetch(url, allow_loopback=settings.CORALE_ALLOW_LOOPBACK, max_bytes=MAX_BYTES, timeout=8.0)
    if not answer.is_ok:
        raise NotAPicture(f"the other server answered {answer.status}")
    return keep_picture(answer.content, side=side, source_url=f"{side}:{url}")


def keep_picture(content: bytes, *, side: int = 2000, source_url: str = "") -> StoredFile:
    """Draws a picture again, at most `side` pixels wide or high: place, camera and whatever hid in it are gone."""
    if len(content) > MAX_BYTES:
        raise NotAPicture("too large")
    body, mime, size = drawn_again(content, side)
    digest = hashlib.sha256(body).hexdigest()
    file, _made = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "mime": mime, "size": len(body), "width": size[0], "height": size[1], "source_url": source_url[:1000],
        },
    )  # fmt: skip
    if not file.path.is_file():
        _write(file, body)
    return file


def drawn_again(content: bytes, side: int) -> tuple[bytes, str, tuple[int, int]]:
    """Bytes, kind, and size of the same picture without anything but the picture."""
    from PIL import (
        Image,
        ImageOps,
        UnidentifiedImageError,
    )  # here: some nine megabytes, which most processes never need

    try:
        with Image.open(io.BytesIO(content), formats=list(FORMATS)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise NotAPicture("too many pixels")
            image.seek(0)
            shown = ImageOps.exif_transpose(image)
            shown.thumbnail((side, side))
            clear = "A" in shown.getbands() or "transparency" in shown.info
            plain = shown.convert("RGBA" if clear else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture("this is not a picture that can be shown") from error
    plain.info.clear()
    kept = io.BytesIO()
    if clear:
        plain.save(kept, "PNG", optimize=True)
    else:
        plain.save(kept, "JPEG", quality=88)
    return kept.getvalue(), "image/png" if clear else "image/jpeg", plain.size


def _write(file: StoredFile, body: bytes) -> None:
    """All of it or nothing, whoever else writes the same picture now."""
    file.path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.path.parent)
    with os.fdopen(handle, "wb") as opened:
        opened.write(body)
    os.replace(name, file.path)


__all__ = ["HttpError", "NotAPicture", "drawn_again", "keep_picture", "picture_at"]
