"""Pictures on their way out."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from corale.adapters.bluesky.pictures import bare
from corale.channels.errors import Refused


def test_what_the_camera_noted_stays_behind_and_the_picture_stands_upright(tmp_path):
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Canon", 6
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 30), "red").save(tmp_path / "a.jpg", exif=exif, comment=b"segreto")

    content, mime, width, height = bare(tmp_path / "a.jpg")

    assert (mime, width, height) == ("image/jpeg", 30, 40)
    assert b"Canon" not in content and b"segreto" not in content and b"Exif" not in content


def test_words_hidden_in_a_png_stay_behind(tmp_path):
    info = PngInfo()
    info.add_text("Author", "segreto")
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(tmp_path / "a.png", pnginfo=info)

    content, mime, *_ = bare(tmp_path / "a.png")

    assert mime == "image/png" and b"segreto" not in content
    assert Image.open(io.BytesIO(content)).getpixel((0, 0))[3] == 0


def test_what_is_bare_already_stays_as_it_is(tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")

    assert bare(tmp_path / "a.png")[0] == (tmp_path / "a.png").read_bytes()


def test_what_is_too_large_is_made_smaller_and_each_time_the_same(tmp_path):
    Image.effect_noise((900, 800), 90).convert("RGB").save(tmp_path / "a.png")

    content, mime, width, height = bare(tmp_path / "a.png", most=60_000)

    assert len(content) <= 60_000 and mime == "image/jpeg" and width < 900
    assert round(width / height, 1) == round(900 / 800, 1)
    assert bare(tmp_path / "a.png", most=60_000)[0] == content


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_is_no_picture_is_refused_with_advice(tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)

    with pytest.raises(Refused) as refused:
        bare(tmp_path / "a.png")

    assert refused.value.advice
