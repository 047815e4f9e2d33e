"""What is believed is kept once, byte for byte, and worked afterwards."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from corale.adapters.activitypub.models import RemoteActor, RemoteKey, Server
from corale.adapters.activitypub.signing import SCHEMES
from corale.jobs.models import Job
from tests.support.neighbours import keys
from tests.unit.adapters.activitypub.inbox.delivering import HOUSE, create, kept, like

pytestmark = pytest.mark.django_db


def activities():
    return [each for each in kept() if "fetched" not in each.headers]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", ["/inbox", "/actors/molino/inbox", "/actors/Molino/inbox"])
def test_a_delivery_is_kept_byte_for_byte_with_what_was_proved(there, deliver, scheme, path):
    eve = there.person("eve")
    body = b'{ "type":"Create", "actor": "%s", "object": [] , "id":"%s/1"}' % (eve.encode(), eve.encode())

    answer = deliver({"actor": eve}, path, body=body, scheme=scheme)

    assert (answer.status_code, answer.content) == (202, b"")
    (one,) = activities()
    name = "molino" if "actors" in path else ""
    assert bytes(one.body) == body and one.native_key == f"{eve}/1 {name}"
    assert one.headers == {"base": HOUSE, "inbox": name, "signer": eve, "scheme": scheme}
    assert Job.objects.filter(key__startswith="activitypub").count() == 1


@pytest.mark.parametrize(
    "kind", ['application/ld+json; profile="https://www.w3.org/ns/activitystreams"', "application/ld+json"]
)
def test_both_names_of_the_format_are_taken(there, deliver, kind):
    assert deliver(create(there.person("eve")), kind=kind, change={"Content-Type": None}).status_code in {202, 401}


def test_a_new_sender_costs_one_fetch_and_a_known_one_none(there, deliver):
    eve = there.person("eve")

    for number in range(3):
        assert deliver(create(eve, number)).status_code == 202

    assert there.paths() == ["/users/eve"]
    assert [each.headers.get("fetched", "") for each in kept()] == ["actor", "", "", ""]
    assert RemoteActor.objects.get().uri == RemoteKey.objects.get().actor.uri == eve


def test_the_key_of_a_new_sender_is_looked_for_at_the_actor(there, deliver):
    """GoToSocial: the key has an address of its own."""
    eve = there.at("/users/eve")
    there.person("eve", publicKey={"id": f"{eve}/main-key", "owner": eve, "publicKeyPem": keys("eve")[1]})

    assert deliver(create(eve), key_id=f"{eve}/main-key").status_code == 202
    assert there.paths() == ["/users/eve"]


def test_a_replay_does_nothing_twice(there, deliver):
    eve = there.person("eve")

    answers = [deliver(create(eve)).status_code for _ in range(3)]

    assert answers == [202] * 3
    assert len(activities()) == 1


def test_the_same_at_two_inboxes_is_kept_for_each(there, deliver, anna):
    eve = there.person("eve")

    for path in ("/inbox", "/actors/molino/inbox", "/actors/anna/inbox", "/inbox"):
        assert deliver(create(eve), path).status_code == 202

    assert [each.headers["inbox"] for each in activities()] == ["", "molino", "anna"]


def test_what_has_no_id_is_known_by_its_bytes(there, deliver):
    eve = there.person("eve")
    nameless = {"type": "Like", "actor": eve, "object": f"{HOUSE}/actors/molino/posts/1"}

    for _ in range(2):
        assert deliver(nameless).status_code == 202

    assert len(activities()) == 1


def test_a_changed_key_is_fetched_once_more(there, deliver):
    eve = there.person("eve")
    deliver(create(eve, 1))
    there.person("eve", key="eve's new one")

    assert deliver(create(eve, 2), key="eve's new one").status_code == 202
    assert RemoteKey.objects.get().pem == keys("eve's new one")[1]


def test_somebodys_end_is_believed_with_the_key_we_have(there, deliver):
    eve = there.person("eve")
    deliver(create(eve))
    there.serve("/users/eve", status=410)

    assert deliver({"id": f"{eve}#delete", "type": "Delete", "actor": eve, "object": eve}).status_code == 202
    assert len(activities()) == 2 and there.paths() == ["/users/eve"]


def test_the_end_of_somebody_unknown_is_let_go_without_a_question(there, deliver):
    eve = there.at("/users/eve")

    answer = deliver({"id": f"{eve}#delete", "type": "Delete", "actor": eve, "object": eve})

    assert answer.status_code == 202
    assert not there.asked and not kept() and not RemoteActor.objects.exists()


def test_what_somebody_passes_on_is_only_an_address_to_read(there, deliver):
    eve, carl = there.person("eve"), there.at("/users/carl", "127.0.0.2")

    assert deliver(create(carl), signer=eve).status_code == 202
    (one,) = activities()
    assert (one.headers["signer"], one.headers["wanted"]) == (eve, f"{carl}/notes/1")

    there.person("carl", host="127.0.0.2")
    assert deliver(create(carl)).status_code == 202
    assert "wanted" not in activities()[1].headers


@pytest.mark.parametrize("change", [{"attributedTo": "CARL"}, {"attributedTo": None}, {"id": "ELSEWHERE"}])
def test_what_is_not_the_actors_own_is_only_an_address_to_read(there, deliver, change):
    eve, elsewhere = there.person("eve"), there.at("/notes/1", "127.0.0.2")
    named = {"CARL": there.at("/users/carl"), "ELSEWHERE": elsewhere}
    activity = create(eve)
    activity["object"] |= {name: named.get(value or "") for name, value in change.items()}

    assert deliver(activity).status_code == 202
    assert activities()[0].headers["wanted"] == activity["object"]["id"]


def test_several_authors_of_one_thing_may_each_bring_it(there, deliver):
    """PeerTube: a person and a channel."""
    eve = there.person("eve")
    activity = create(eve)
    activity["object"]["attributedTo"] = [{"type": "Group", "id": there.at("/c/1")}, {"type": "Person", "id": eve}]

    assert deliver(activity).status_code == 202
    assert "wanted" not in activities()[0].headers


def test_our_own_words_that_a_relay_repeats_are_let_go(there, deliver):
    relay = there.person("relay")

    assert deliver(create(f"{HOUSE}/actors/molino"), signer=relay).status_code == 202
    assert not activities()


def test_a_server_that_was_given_up_is_remembered_when_it_is_heard(there, deliver):
    eve = there.person("eve")
    Server.objects.create(host=f"127.0.0.1:{there.port}", failures=9, failing_since=timezone.now(), is_dead=True)

    deliver(like(eve))

    server = Server.objects.get()
    assert not server.is_dead and server.heard_at is not None


def test_a_known_sender_costs_few_statements(there, deliver, django_assert_max_num_queries):
    eve = there.person("eve")
    deliver(create(eve, 1))

    with django_assert_max_num_queries(14):
        assert deliver(create(eve, 2)).status_code == 202


def test_whatever_one_writes_in_it_can_be_kept(there, deliver):
    eve = there.person("eve")
    odd = create(eve, id=f"{eve}/\x00\ud800")

    assert deliver(odd, body=json.dumps(odd).encode()).status_code in {202, 400, 403}
