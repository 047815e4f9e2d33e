"""Nothing comes out of an archive but what went in, whole."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from corale.commands.archive.manifest import Manifest, Unusable
from corale.commands.archive.tarball import pack, unpack


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for name, words in {"db/database.sqlite3": "rows", "media/a/b.txt": "picture", "secret.key": "key"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(words)
    made = tmp_path / "all.tar"
    pack(made, tmp_path / "db", tmp_path / "media", tmp_path / "secret.key", Manifest("sqlite", "3"))
    return made


def opened(archive: Path, folder: Path) -> Manifest:
    folder.mkdir()
    return unpack(archive, folder)


def test_what_went_in_comes_out(archive: Path, tmp_path: Path):
    manifest = opened(archive, tmp_path / "out")

    assert set(manifest.files) == {"database.sqlite3", "media/a/b.txt", "secret.key"}
    assert (tmp_path / "out/media/a/b.txt").read_text() == "picture"
    assert archive.stat().st_mode & 0o077 == 0


def test_a_changed_byte_is_noticed(archive: Path, tmp_path: Path):
    archive.write_bytes(archive.read_bytes().replace(b"picture", b"pictura"))

    with pytest.raises(Unusable, match="damaged"):
        opened(archive, tmp_path / "out")


def test_half_an_archive_is_none(archive: Path, tmp_path: Path):
    archive.write_bytes(archive.read_bytes()[:2000])

    with pytest.raises(Unusable):
        opened(archive, tmp_path / "out")


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "media/../../escaped", "tables/a b.copy", "other.txt"])
def test_names_that_are_not_ours_are_refused(tmp_path: Path, name: str):
    with tarfile.open(tmp_path / "bad.tar", "w") as bad:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        bad.addfile(entry, io.BytesIO(b"x"))

    with pytest.raises(Unusable):
        opened(tmp_path / "bad.tar", tmp_path / "out")
    assert not (tmp_path / "escaped").exists()


def test_a_link_is_refused(tmp_path: Path):
    with tarfile.open(tmp_path / "bad.tar", "w") as bad:
        entry = tarfile.TarInfo("media/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        bad.addfile(entry)

    with pytest.raises(Unusable):
        opened(tmp_path / "bad.tar", tmp_path / "out")


def test_something_else_is_not_a_backup(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("Dear all")

    with pytest.raises(Unusable):
        opened(tmp_path / "letter.txt", tmp_path / "out")
