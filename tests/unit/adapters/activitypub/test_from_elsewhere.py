"""From a page elsewhere to what our own people can do here (FEP-3b86)."""

from __future__ import annotations

import json

import pytest

from corale.adapters.activitypub.models import Activity, Following
from corale.channels.contract import Raw
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Message
from corale.ledger.audit import AuditEntry

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
PAGE = "/authorize_interaction"


@pytest.fixture
def signed_in(client, world):
    client.force_login(world.anna.user)
    return client


@pytest.fixture
def note(there) -> str:
    """Eve said something in public."""
    eve, uri = there.person("eve"), there.at("/notes/1")
    there.serve("/notes/1", {
        "id": uri, "type": "Note", "attributedTo": eve, "content": "<p>Which <b>mill</b>?</p>", "to": [PUBLIC],
    })  # fmt: skip
    return uri


def test_our_handles_say_where_this_is_done(client, anna):
    links = client.get("/.well-known/webfinger", {"resource": "acct:anna@molino.test"}).json()["links"]
    templates = {link["rel"]: link["template"] for link in links if "template" in link}

    assert templates == {
        "http://ostatus.org/schema/1.0/subscribe": "https://molino.test/authorize_interaction?uri={uri}",
        "https://w3id.org/fep/3b86/Follow": "https://molino.test/authorize_interaction?uri={object}",
        "https://w3id.org/fep/3b86/Object": "https://molino.test/authorize_interaction?uri={object}",
    }


def test_looking_changes_nothing(signed_in, anna, note):
    page = signed_in.get(PAGE, {"uri": note}).content.decode()

    assert "Which mill?" in page
    assert "Eve" in page
    assert "@anna@molino.test" in page
    assert not Message.objects.filter(native_id=note).exists()


def test_what_stands_in_the_record_is_opened_here(signed_in, anna, house, there, note):
    body = json.dumps({"id": note, "type": "Note", "attributedTo": there.at("/users/eve"), "content": "Which mill?",
                       "to": [PUBLIC, anna.uri]})  # fmt: skip
    take_in(house, [Raw(note, body.encode(), {"base": "https://molino.test", "fetched": "object", "delivered": "1"})])
    page = signed_in.get(PAGE, {"uri": note}).content.decode()
    way = page.split('href="/search/there/')[1].split('"')[0]

    assert signed_in.get(f"/search/there/{way}")["Location"] == f"/search/m/{Message.objects.get(native_id=note).pk}/"


def test_what_was_said_to_others_can_only_be_looked_at(signed_in, anna, note):
    page = signed_in.get(PAGE, {"uri": note}).content.decode()

    assert "This was not said to us" in page
    assert "/search/there/" not in page


def test_somebody_is_followed_in_ones_own_name(signed_in, anna, there):
    eve = there.person("eve")
    page = signed_in.get(PAGE, {"uri": eve}).content.decode()
    assert not Following.objects.exists()
    signed_in.post(PAGE, {"uri": eve})

    assert "Follow" in page
    assert Following.objects.get().actor == anna
    assert json.loads(Activity.objects.get(kind="Follow").body)["object"] == eve
    assert AuditEntry.objects.get(verb="fediverse.followed").detail == {"whom": eve}


def test_whoever_has_no_profile_follows_as_the_company(client, brand, world, there):
    client.force_login(world.bruno.user)
    client.post(PAGE, {"uri": there.person("eve")})

    assert Following.objects.get().actor == brand


@pytest.mark.parametrize("uri", ["http://127.0.0.1:1/x", "nonsense", "eve@127.0.0.1:1"])
def test_what_cannot_be_read_there_is_said(signed_in, anna, uri):
    answer = signed_in.get(PAGE, {"uri": uri})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode() or "field__error" in answer.content.decode()


def test_what_is_ours_is_looked_at_where_it_is(signed_in, anna):
    assert signed_in.get(PAGE, {"uri": anna.uri})["Location"] == anna.uri


def test_a_colleague_who_answers_from_home_is_at_home_here(client, anna, says):
    post = says(anna)
    answer = client.post(
        "/interact", {"handle": "@anna@molino.test", "uri": post.uri, "what": "reply"},
        headers={"Origin": "https://molino.test"}, secure=True,
    )  # fmt: skip

    assert answer["Location"].startswith("/authorize_interaction?uri=https%3A%2F%2Fmolino.test")
