"""What is not believed: unsigned, signed by another, changed on the way, in another's name. It is answered and counted,
and leaves no trace in the record."""

from __future__ import annotations

import json

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import Somebody

pytestmark = pytest.mark.timeout(600)


def create(by: str, note: dict[str, object]) -> str:
    return json.dumps({"@context": "https://www.w3.org/ns/activitystreams", "id": f"{note['id']}/create",
                       "type": "Create", "actor": by, "object": note, "to": note["to"], "cc": note["cc"]})  # fmt: skip


def test_nothing_is_believed_that_is_not_signed(fediverse: Fediverse, eve: Somebody) -> None:
    note = eve.note("Senza firma", fediverse.molino)

    answer = eve.posts(f"{fediverse.molino}/inbox", create(eve.id, note), scheme="none")

    assert answer["status"] == 401
    assert fediverse.rows("SELECT sum(count) > 0 FROM activitypub_refusal")[0][0]


@pytest.mark.parametrize("scheme", ["cavage", "rfc9421"])
def test_nobody_speaks_in_the_name_of_another(fediverse: Fediverse, eve: Somebody, scheme: str) -> None:
    victim = fediverse.somebody("victim", "strict.test")
    note = victim.note("Non l'ho mai detto", fediverse.molino)

    in_their_name = eve.posts(f"{fediverse.url}/inbox", create(victim.id, note), scheme=scheme)
    as_ones_own = eve.posts(f"{fediverse.url}/inbox", create(eve.id, note), scheme=scheme)
    follow = eve.posts(
        f"{fediverse.url}/inbox",
        json.dumps({"id": f"{victim.id}/f", "type": "Follow", "actor": victim.id, "object": fediverse.molino}),
        scheme=scheme,
    )

    assert follow["status"] in (401, 403)
    assert {in_their_name["status"], as_ones_own["status"]} <= {202, 401, 403}
    fediverse.message(eve.says("Io invece sì", fediverse.molino)["id"])
    assert fediverse.rows(f"SELECT count(*) FROM conversations_message WHERE native_id = '{note['id']}'") == [(0,)]


def test_nobody_deletes_what_another_said(fediverse: Fediverse, dora: Somebody, eve: Somebody) -> None:
    said = dora.says("Resta qui", fediverse.molino)
    message = fediverse.message(said["id"])

    body = json.dumps({"id": f"{eve.id}/d", "type": "Delete", "actor": eve.id, "object": said["id"]})
    eve.posts(f"{fediverse.url}/inbox", body)

    fediverse.message(eve.says("Dopo", fediverse.molino)["id"])
    assert fediverse.rows(f"SELECT state FROM conversations_message WHERE id = {message['id']}") == [(0,)]


def test_the_end_of_somebody_unknown_is_accepted_without_a_question(fediverse: Fediverse, eve: Somebody) -> None:
    nobody = f"{eve.peer.lan.url(eve.host)}/users/nobody-{eve.name}"
    body = json.dumps({"id": f"{nobody}#delete", "type": "Delete", "actor": nobody, "object": nobody})

    answer = eve.posts(f"{fediverse.url}/inbox", body, scheme="none")

    assert answer["status"] == 202
    asked = [each["path"] for each in eve.peer.log(eve.host)["requests"]]
    assert f"/users/nobody-{eve.name}" not in asked


@pytest.mark.parametrize(("body", "status"), [("not json", 400), ("[]", 400), ("{}", 400), ("x" * 300_000, 413)])
def test_nonsense_is_answered_as_such(fediverse: Fediverse, eve: Somebody, body: str, status: int) -> None:
    assert eve.posts(f"{fediverse.molino}/inbox", body)["status"] == status
