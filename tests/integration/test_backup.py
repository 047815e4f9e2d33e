"""A backup taken while others write is the state of one moment; restoring brings exactly that back."""

from __future__ import annotations

import hashlib
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.processes import Builder, House

WRITER = """
from django.db import transaction
from corale.live.models import LiveEvent
n = 0
while True:
    with transaction.atomic():
        for half in ("a", "b"):
            LiveEvent.objects.create(topic=f"pair:{n}", payload=half)
    n += 1
"""
SEEN = "SELECT topic, payload FROM live_liveevent ORDER BY id"

pytestmark = pytest.mark.timeout(300)


def add_a_user(house: House, email: str = "anna@molino.example") -> None:
    house.python(f"from django.contrib.auth import get_user_model as u; u().objects.create(email={email!r})")


def fingerprint(house: House) -> tuple[int, str]:
    rows = house.rows(SEEN)
    return len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()


def manifest_of(archive: Path) -> dict[str, Any]:
    with tarfile.open(archive) as opened:
        body = opened.extractfile("manifest.json")
        assert body is not None
        return dict(json.loads(body.read()))


@pytest.fixture
def written(house: House) -> House:
    """A house with a person, a picture, and somebody who goes on writing pairs."""
    add_a_user(house)
    (house.folder / "media/faces").mkdir(parents=True)
    (house.folder / "media/faces/anna.png").write_bytes(b"a face")
    house.start("manage", "shell", "-v0", "-c", WRITER)
    house.until(lambda: house.value("SELECT count(*) FROM live_liveevent") > 200)
    return house


def test_a_backup_while_somebody_writes_holds_whole_transactions_only(written: House, builder: Builder, tmp_path: Path):
    archive = tmp_path / "all.tar.gz"
    before = written.value("SELECT count(*) FROM live_liveevent")

    written.call("backup", str(archive))

    counted = manifest_of(archive)["rows"]["live_liveevent"]
    with builder.house() as empty:
        empty.call("restore", str(archive))
        rows = empty.rows(SEEN)
        assert len(rows) == counted >= before
        assert counted % 2 == 0
        assert all(a[0] == b[0] and (a[1], b[1]) == ("a", "b") for a, b in zip(rows[::2], rows[1::2], strict=True))
        assert rows == written.rows(SEEN)[: len(rows)]
        assert (empty.folder / "media/faces/anna.png").read_bytes() == b"a face"
        assert (empty.folder / "secret.key").read_text() == (written.folder / "secret.key").read_text()
        assert empty.call("manage", "migrate", "--check").returncode == 0


def test_after_restoring_new_rows_get_new_numbers(house: House, tmp_path: Path):
    add_a_user(house)
    house.call("backup", str(tmp_path / "all.tar"))
    house.call("restore", "--replace", str(tmp_path / "all.tar"))

    add_a_user(house, "bruno@molino.example")

    assert house.value("SELECT count(DISTINCT id) FROM accounts_user") == 2


def test_a_place_where_somebody_works_is_not_overwritten_by_mistake(house: House, tmp_path: Path):
    add_a_user(house)
    house.call("backup", str(tmp_path / "all.tar"))
    before = fingerprint(house)

    done = house.call("restore", str(tmp_path / "all.tar"), check=False)

    assert done.returncode == 1
    assert "--replace" in done.stderr
    assert fingerprint(house) == before


def test_a_damaged_backup_changes_nothing(house: House, tmp_path: Path):
    add_a_user(house)
    house.call("backup", str(tmp_path / "all.tar"))
    whole = (tmp_path / "all.tar").read_bytes()
    (tmp_path / "all.tar").write_bytes(whole.replace(b"anna@molino", b"anna@nowhere"[:11]))

    done = house.call("restore", "--replace", str(tmp_path / "all.tar"), check=False)

    assert done.returncode == 1
    assert house.value("SELECT email FROM accounts_user") == "anna@molino.example"


def test_a_running_product_goes_on_with_the_restored_data(house: House, tmp_path: Path):
    add_a_user(house)
    house.call("backup", str(tmp_path / "all.tar"))
    add_a_user(house, "later@molino.example")
    started = house.start("up", "--no-demo", "--no-open", "--port", str(house.port))
    house.until(lambda: "Corale: http" in started.log.read_text())

    house.call("restore", "--replace", str(tmp_path / "all.tar"))

    assert house.value("SELECT count(*) FROM accounts_user") == 1
    house.until(house.answers)
    house.python("from corale.jobs import later; from tests.support import work; later(work.nothing)")
    house.until(lambda: house.value("SELECT count(*) FROM jobs_job WHERE task LIKE '%work.nothing' AND state = 'done'"))
    assert started.is_running


def test_a_backup_is_not_written_over_another(house: House, tmp_path: Path):
    (tmp_path / "all.tar").write_text("the only one")

    assert house.call("backup", str(tmp_path / "all.tar"), check=False).returncode == 1
    assert (tmp_path / "all.tar").read_text() == "the only one"
