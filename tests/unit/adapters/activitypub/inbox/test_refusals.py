"""Every way of not being believed: the answer, that nothing is kept, and that it is counted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from corale.adapters.activitypub import introducing
from corale.adapters.activitypub.inbox import allowing, refusing
from corale.adapters.activitypub.models import Actor, Refusal, RemoteActor, RemoteKey, Server
from corale.adapters.activitypub.signing import SCHEMES
from corale.channels.models import Connection, Envelope
from tests.support.neighbours import ACTIVITY, signed_headers
from tests.unit.adapters.activitypub.inbox.delivering import HOUSE, create, kept, like, note

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
both = pytest.mark.parametrize("scheme", SCHEMES)


@pytest.fixture
def eve(there):
    return there.person("eve")


@pytest.fixture
def host(there):
    return f"127.0.0.1:{there.port}"


def test_unsigned(eve, host, deliver, nothing_kept):
    answer = deliver(create(eve), change={"Signature": None})

    assert (answer.status_code, answer.json()) == (401, {"error": "unsigned"})
    assert "(request-target) host date digest" in answer["WWW-Authenticate"]
    assert '"@target-uri"' in answer["Accept-Signature"]
    assert nothing_kept("unsigned", host)


@both
def test_somebody_elses_key(eve, host, deliver, nothing_kept, scheme):
    assert deliver(create(eve), key="mallory", scheme=scheme).status_code == 401
    assert nothing_kept("wrong_signature", host)
    assert not RemoteActor.objects.exists() and not RemoteKey.objects.exists()


@both
@pytest.mark.parametrize(
    ("late", "why"), [(timedelta(hours=2), "too_old"), (timedelta(minutes=-10), "from_the_future")]
)
def test_signed_at_another_time(eve, host, there, deliver, nothing_kept, scheme, late, why):
    assert deliver(create(eve), scheme=scheme, at=NOW - late).status_code == 401
    assert nothing_kept(why, host) and not there.asked


@both
def test_another_body_than_was_signed(eve, host, there, deliver, nothing_kept, scheme):
    forged = json.dumps(create(eve) | {"id": f"{eve}/2"}).encode()

    assert deliver(create(eve), sent_as=forged, scheme=scheme).status_code == 401
    assert nothing_kept("wrong_digest", host) and not there.asked


def test_no_digest(eve, host, there, deliver, nothing_kept):
    bare = signed_headers(eve, f"{HOUSE}/inbox", None)
    signature = bare["Signature"].replace("get /", "post /")

    assert deliver(create(eve), change={"Digest": None, "Signature": signature}).status_code == 401
    assert nothing_kept("no_digest", host) and not there.asked


def test_what_was_signed_for_somebody_else(eve, host, deliver, nothing_kept):
    answer = deliver(create(eve), change={"Host": "bread.test"})

    assert answer.status_code == 401
    assert nothing_kept("wrong_host", host)


def test_what_was_signed_for_another_inbox(eve, host, deliver, client, anna, nothing_kept):
    body = json.dumps(create(eve)).encode()
    headers = signed_headers(eve, f"{HOUSE}/inbox", body)
    headers.pop("Content-Type")

    assert client.post("/actors/anna/inbox", body, content_type=ACTIVITY, headers=headers).status_code == 401
    assert nothing_kept("wrong_signature", host)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("nonsense", "unreadable_signature"),
        (
            'keyId="a",algorithm="rsa-sha1",signature="YQ==",headers="(request-target) host date digest"',
            "unknown_algorithm",
        ),
        ('keyId="a",signature="YQ==",headers="date digest"', "not_covered"),
        ('keyId="a",signature="YQ==",headers="(request-target) host date digest",expires=1', "expired"),
    ],
)
def test_a_signature_that_is_none(eve, host, there, deliver, nothing_kept, header, why):
    assert deliver(create(eve), change={"Signature": header}).status_code == 401
    assert nothing_kept(why, host) and not there.asked


def test_several_signatures(eve, host, deliver, nothing_kept):
    two = {"Signature-Input": 'a=("@method");created=1;keyid="a", b=("@method");created=1;keyid="b"'}

    assert deliver(create(eve), scheme="rfc9421", change=two).status_code == 401
    assert nothing_kept("several_signatures", host)


@pytest.mark.parametrize("status", [404, 410, 403, 500])
def test_a_key_that_cannot_be_had(eve, host, there, deliver, nothing_kept, status):
    there.serve("/users/eve", status=status)

    assert deliver(create(eve)).status_code == 401
    assert nothing_kept("no_key", host)


def test_a_flood_with_a_dead_key_asks_nobody_twice(eve, there, deliver):
    there.serve("/users/eve", status=410)

    for number in range(20):
        assert deliver(create(eve, number)).status_code == 401

    assert len(there.asked) == 1
    assert Refusal.objects.get().count == 20


def test_a_flood_with_a_wrong_key_asks_nobody_twice(eve, there, deliver):
    for number in range(10):
        assert deliver(create(eve, number), key="mallory").status_code == 401
    assert deliver(create(eve)).status_code == 202
    for number in range(10):
        assert deliver(create(eve, number), key="mallory").status_code == 401

    assert len(there.asked) == 2  # to know her; because hers might have been new


def test_a_flood_of_invented_senders_leaves_a_host_that_does_not_know_them_alone(there, deliver):
    for number in range(30):
        assert deliver(create(there.at(f"/users/nobody{number}")), key="mallory").status_code == 401

    assert len(there.asked) == 10


@pytest.mark.parametrize(
    "activity", [like, lambda eve: {"type": "Follow", "actor": eve, "object": f"{HOUSE}/actors/molino"}]
)
def test_what_another_did_is_not_believed(eve, host, there, deliver, nothing_kept, activity):
    mallory = there.person("mallory")

    answer = deliver(activity(eve), signer=mallory)

    assert (answer.status_code, answer.json()["error"]) == (403, "foreign_actor")
    assert nothing_kept("foreign_actor", host)


def foreign(eve):
    """What Eve may not say."""
    carl = eve.replace("/users/eve", "/users/carl")
    away = eve.replace("127.0.0.1", "127.0.0.2")
    return {
        "an id of another server": create(eve, id=f"{away}/1"),
        "another's profile": create(
            eve, type="Update", object={"id": carl, "type": "Person", "inbox": f"{carl}/inbox"}
        ),
        "another's move": {"type": "Move", "actor": eve, "object": carl, "target": eve},
        "taking back what another did": {"type": "Undo", "actor": eve, "object": like(carl)},
        "deleting several of another server": {"type": "Delete", "actor": eve, "object": [f"{away}/1", f"{eve}/1"]},
        "several things, one of them another's": create(eve, object=[note(eve), note(carl)]),
    }


@pytest.mark.parametrize("which", list(foreign("/users/eve")))
def test_what_is_anothers_is_not_believed(eve, host, deliver, nothing_kept, which):
    answer = deliver(foreign(eve)[which])

    assert (answer.status_code, answer.json()["error"]) == (403, "foreign_object")
    assert nothing_kept("foreign_object", host)


def test_other_names_for_the_same_hide_nothing(eve, host, deliver, nothing_kept):
    """What binds is read as what works: names with prefixes, as a compacted document has them."""
    hidden = {"@type": "Undo", "as:actor": eve, "as:object": like(eve.replace("eve", "carl"))}

    assert deliver(hidden, signer=eve).status_code == 403
    assert nothing_kept("foreign_object", host)


def test_a_blocked_server(eve, host, there, deliver, nothing_kept):
    Server.objects.create(host=host, stance=Server.Stance.BLOCKED)

    assert deliver(create(eve)).status_code == 403
    assert nothing_kept("blocked_server", host) and not there.asked


def test_a_blocked_person(eve, host, deliver, nothing_kept):
    deliver(create(eve, 1))
    RemoteActor.objects.update(is_blocked=True)
    Envelope.objects.all().delete()

    assert deliver(create(eve, 2)).status_code == 403
    assert not kept() and Refusal.objects.get().reason == "blocked_actor"


def test_the_unwanted_bring_in_nobody_and_nobody_brings_them_in(eve, there, deliver):
    carl = there.person("carl", host="127.0.0.2")
    deliver(like(eve)), deliver(like(carl))
    before = len(kept())
    RemoteActor.objects.filter(uri=carl).update(is_blocked=True)

    assert deliver(create(carl), signer=eve).json() == {"error": "blocked_actor"}

    Server.objects.filter(host__startswith="127.0.0.1").update(stance=Server.Stance.BLOCKED)
    RemoteActor.objects.update(is_blocked=False)
    assert deliver(create(carl), signer=eve).json() == {"error": "blocked_server"}
    assert len(kept()) == before


def test_a_flood_with_a_dead_key_shuts_nobody_else_out(eve, there, deliver, monkeypatch):
    monkeypatch.setattr(introducing, "FETCHES", 3)
    there.serve("/users/nobody", status=410)
    for number in range(10):
        assert deliver(create(there.at("/users/nobody"), number), key="mallory").status_code == 401

    assert deliver(create(eve)).status_code == 202


@pytest.mark.parametrize(
    "body",
    [b" ", b"{", b"[]", b"1", b'"x"', b"[" * 200_000, b"\xff", b'{"a":' + b"9" * 5_000 + b"}"],
)
def test_what_is_no_object(eve, deliver, nothing_kept, body):
    assert deliver({"actor": eve}, body=body).status_code == 400
    assert nothing_kept("malformed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": None},
        {"type": 1},
        {"actor": None},
        {"actor": "eve"},
        {"actor": []},
        {"id": 1},
        {"id": "https://a/" + "x" * 500},
    ],
)
def test_what_is_no_activity(eve, there, deliver, wrong):
    assert deliver(create(eve) | wrong, signer=eve).status_code == 400
    assert not kept() and not there.asked
    assert Refusal.objects.get().reason == "malformed"


def test_too_much(eve, there, deliver, nothing_kept):
    assert deliver(create(eve), body=b" " * (256 * 1024 + 1)).status_code == 413
    assert nothing_kept("too_large") and not there.asked


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", ""],
)
def test_another_kind_of_content(eve, deliver, nothing_kept, kind):
    assert deliver(create(eve), kind=kind).status_code == 415
    assert nothing_kept("wrong_type")


@pytest.mark.parametrize(("limit", "who"), [("SENDER", "/users/eve"), ("HOST", "/users/carl")])
def test_too_many(eve, host, there, deliver, monkeypatch, limit, who):
    monkeypatch.setattr(allowing, limit, 2)
    there.person("carl")
    for number in range(2):
        assert deliver(like(eve, number)).status_code == 202
    before = len(kept())

    answer = deliver(like(there.at(who), 3))

    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 60
    assert len(kept()) == before
    assert (Refusal.objects.get().reason, Refusal.objects.get().host) == ("too_many", host)


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "head", "options"])
@pytest.mark.parametrize("path", ["/inbox", "/actors/molino/inbox"])
def test_an_inbox_is_only_for_bringing(house, client, method, path):
    answer = getattr(client, method)(path)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_nobody_of_that_name(eve, deliver):
    assert deliver(create(eve), "/actors/nobody/inbox").status_code == 404


def test_somebody_who_was_never_shown(eve, deliver, anna):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.HIDDEN)

    assert deliver(create(eve), "/actors/anna/inbox").status_code == 410
    assert not kept()


def test_a_house_that_is_not_on_the_fediverse(eve, deliver):
    Connection.objects.update(state=Connection.State.REMOVED)

    assert deliver(create(eve)).status_code == 404


def test_invented_hosts_do_not_fill_the_counts(db, monkeypatch):
    monkeypatch.setattr(refusing, "HOSTS", 3)

    for number in range(10):
        refusing.count("no_key", f"{number}.test")

    assert Refusal.objects.count() == 5
    assert Refusal.objects.get(host="").count == 6
