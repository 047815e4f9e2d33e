"""The demo's pictures, drawn here: a loaf, a bag, a crumb, a gasket, a child's drawing."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from corale.channels.models import StoredFile

if TYPE_CHECKING:
    from PIL import ImageDraw

ADDRESS = "https://molino.test/pictures/"
SIZE = (720, 480)
PAPER, CRUST, CRUMB, INK, SIENA = "#f4ead8", "#9a5b2b", "#ecd3a6", "#3b2a20", "#b4502b"

ALT = {
    "bread": {"it": "Una pagnotta scura con un taglio a croce", "en": "A dark round loaf with a cross cut into it"},
    "bag": {"it": "Un sacco di farina di tela con una spiga", "en": "A cloth flour bag with an ear of wheat"},
    "crumb": {"it": "Una fetta di pane con grandi alveoli", "en": "A slice of bread with large holes"},
    "gasket": {"it": "Un anello di gomma e una moneta", "en": "A rubber ring and a coin"},
    "drawing": {
        "it": "Un disegno a matite colorate: una mola che ride",
        "en": "A crayon drawing: a laughing millstone",
    },
}


def stored(name: str) -> StoredFile:
    """The picture in our store, as if it had been fetched when somebody looked."""
    body = _png(name)
    digest = hashlib.sha256(body).hexdigest()
    file, _made = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "mime": "image/png", "size": len(body), "width": SIZE[0], "height": SIZE[1],
            "source_url": address_of(name),
        },
    )  # fmt: skip
    if not file.path.is_file():
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(body)
    return file


def address_of(name: str) -> str:
    """Where it would stand, if there were such a place."""
    return f"{ADDRESS}{name}.png"


def _png(name: str) -> bytes:
    from PIL import Image, ImageDraw  # here: some nine megabytes, which most processes never need

    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 360, 720, 480), fill="#d9c2a0")
    _DRAWINGS[name](draw)
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _bread(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((150, 110, 570, 420), fill=CRUST)
    draw.ellipse((170, 125, 550, 400), fill="#ad6c36")
    draw.line((260, 200, 460, 320), fill=CRUMB, width=14)
    draw.line((460, 200, 260, 320), fill=CRUMB, width=14)


def _bag(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(230, 90), (490, 90), (520, 430), (200, 430)], fill="#e6dcc8", outline=INK, width=4)
    draw.rectangle((240, 90, 480, 130), fill=SIENA)
    for step in range(5):
        draw.ellipse((330, 190 + 34 * step, 358, 220 + 34 * step), fill=CRUST)
        draw.ellipse((362, 190 + 34 * step, 390, 220 + 34 * step), fill=CRUST)
    draw.line((360, 180, 360, 390), fill=CRUST, width=6)


def _crumb(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((140, 120, 580, 400), 120, fill=CRUST)
    draw.rounded_rectangle((162, 142, 558, 382), 100, fill=CRUMB)
    for number in range(34):
        x, y, r = 190 + (number * 97) % 330, 170 + (number * 61) % 180, 6 + (number * 13) % 17
        draw.ellipse((x, y, x + r * 2, y + r), fill="#d6b680")


def _gasket(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((150, 110, 430, 390), outline=INK, width=34)
    draw.ellipse((470, 250, 600, 380), fill="#c9a15a", outline="#8a6a33", width=6)


def _drawing(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((200, 60, 520, 380), outline="#4b6ea8", width=12)
    draw.ellipse((290, 160, 330, 200), fill=INK)
    draw.ellipse((390, 160, 430, 200), fill=INK)
    draw.arc((280, 180, 440, 320), 20, 160, fill=SIENA, width=10)
    draw.line((360, 60, 360, 10), fill="#4d8b57", width=10)


_DRAWINGS = {"bread": _bread, "bag": _bag, "crumb": _crumb, "gasket": _gasket, "drawing": _drawing}
