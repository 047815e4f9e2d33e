"""Who may read what is not public (ActivityPub, section 3.2: a server may require authorization), and with whom we do
not speak."""

from __future__ import annotations

import json

import pytest

from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.models import Activity, Follower, Server
from corale.adapters.activitypub.views.accepting import ACTIVITY
from tests.support.neighbours import signed_headers

NOBODY = ""


def read(client, uri, signer=NOBODY, **more):
    """GET over https, signed by somebody of a neighbour's."""
    headers = signed_headers(signer, uri, None, **more) if signer else {}
    headers.pop("Host", None), headers.pop("host", None)
    return client.get(
        uri.removeprefix("https://molino.test"), headers={"Accept": ACTIVITY, "Host": "molino.test", **headers},
        secure=True,
    )  # fmt: skip


def followed(actor, there, called="eve") -> Follower:
    remote = remote_actor(there.person(called))
    return Follower.objects.create(actor=actor, remote=remote, uri=f"{remote.uri}#follow", state="accepted")


@pytest.mark.parametrize("scheme", ["cavage", "rfc9421"])
def test_who_is_named_in_a_direct_post_reads_it(client, anna, says, there, scheme):
    post = says(anna, audience="direct", document={"to": [there.person("eve")], "cc": []})
    answer = read(client, post.uri, there.at("/users/eve"), scheme=scheme)

    assert answer.json()["id"] == post.uri
    assert answer["Cache-Control"] == "private, no-store"


def test_nobody_else_does(client, anna, says, there):
    post = says(anna, audience="direct", document={"to": [there.person("eve")], "cc": []})
    mallory = there.person("mallory")

    assert read(client, post.uri).status_code == 404
    assert read(client, post.uri, mallory).status_code == 404
    assert read(client, post.uri, there.at("/users/eve"), key="mallory").status_code == 404  # eve's name, another's key


def test_followers_read_what_is_for_followers_as_long_as_they_follow(client, anna, brand, says, there):
    follower = followed(anna, there)
    post, other, direct = (
        says(anna, audience="followers"), says(brand, audience="followers"), says(anna, audience="direct"),
    )  # fmt: skip
    eve = follower.remote.uri

    assert read(client, post.uri, eve).status_code == 200
    assert read(client, other.uri, eve).status_code == 404
    assert read(client, direct.uri, eve).status_code == 404
    Follower.objects.update(state="pending")
    assert read(client, post.uri, eve).status_code == 404


def test_what_was_sent_to_somebody_can_be_read_again_by_them(client, anna, there):
    eve, mallory = there.person("eve"), there.person("mallory")
    accept = {"id": f"{anna.uri}/activities/1", "type": "Accept", "to": [eve]}
    Activity.objects.create(uri=accept["id"], actor=anna, kind="Accept", body=json.dumps(accept))

    assert read(client, accept["id"], eve).json() == accept
    assert read(client, accept["id"], mallory).status_code == 404


def test_what_is_public_is_not_verified(client, anna, says, there):
    """It would cost a fetch for nothing."""
    post = says(anna)

    assert read(client, post.uri, there.person("eve"), key="mallory").status_code == 200
    assert there.paths() == []


def test_a_blocked_server_reads_nothing_but_our_key(client, anna, says, there):
    post, eve = says(anna), there.person("eve")
    Server.objects.create(host=f"127.0.0.1:{there.port}", stance=Server.Stance.BLOCKED)

    for uri in (post.uri, f"{post.uri}/replies", f"{anna.uri}/outbox", f"{anna.uri}/featured"):
        assert read(client, uri, eve).status_code == 403
    stub = read(client, anna.uri, eve).json()
    assert stub["publicKey"]["publicKeyPem"] == anna.public_key
    assert not {"summary", "attachment", "icon"} & set(stub)
    assert there.paths() == []


def test_signatures_can_be_required(client, anna, says, there, settings):
    """Authorized fetch: off by default; key and name stay readable without, or nobody could ever believe us."""
    settings.CORALE_AUTHORIZED_FETCH = True
    post, eve = says(anna), there.person("eve")

    assert read(client, post.uri).status_code == 401
    assert read(client, f"{anna.uri}/outbox").status_code == 401
    assert read(client, post.uri, eve).status_code == 200
    assert read(client, f"{anna.uri}/outbox", eve).status_code == 200
    assert read(client, anna.uri).json()["publicKey"]["id"] == anna.key_id
    assert "summary" not in read(client, anna.uri).json()
    assert read(client, anna.uri, eve).json()["summary"] == "<p>I bake.</p>"
    assert read(client, "https://molino.test/actors/instance").json()["type"] == "Application"
