"""What the server says about itself (NodeInfo 2.0 and 2.1, FEP-f1d5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Actor

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema"


def test_the_index_leads_to_both_versions_and_to_the_house(client, house):
    """FEP-f1d5; FEP-2677 for the actor."""
    links = client.get("/.well-known/nodeinfo").json()["links"]

    assert {link["rel"]: link["href"] for link in links} == {
        f"{SCHEMA}/2.1": "https://molino.test/nodeinfo/2.1",
        f"{SCHEMA}/2.0": "https://molino.test/nodeinfo/2.0",
        "https://www.w3.org/ns/activitystreams#Application": "https://molino.test/actors/instance",
    }


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_it_says_what_runs_here(client, house, version):
    answer = client.get(f"/nodeinfo/{version}")

    assert answer["Content-Type"] == f'application/json; profile="{SCHEMA}/{version}#"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["version"] == version
    assert answer.json()["software"]["name"] == "corale"
    assert answer.json()["protocols"] == ["activitypub"]
    assert answer.json()["openRegistrations"] is False
    assert answer.json()["metadata"]["nodeName"] == "Molino"


def test_it_counts_honestly(client, anna, brand, says):
    """Public actors only; the house, the hidden and those who left are no users; deleted and direct posts no posts."""
    says(anna)
    says(anna, in_reply_to="https://elsewhere.test/1")
    says(anna, audience="direct")
    says(anna, deleted_at=timezone.now())
    says(brand, ago=timedelta(days=90), audience="unlisted")
    own.make_actor(Actor.Kind.PERSON, "shy", state=Actor.State.HIDDEN)
    own.make_actor(Actor.Kind.PERSON, "gone", state=Actor.State.LEFT)

    usage = client.get("/nodeinfo/2.1").json()["usage"]

    assert usage == {
        "users": {"total": 2, "activeMonth": 1, "activeHalfyear": 2}, "localPosts": 2, "localComments": 1,
    }  # fmt: skip


def test_counting_is_not_done_again_for_everybody_who_asks(client, house, django_assert_max_num_queries):
    client.get("/nodeinfo/2.1")

    with django_assert_max_num_queries(3):
        client.get("/nodeinfo/2.0")


@pytest.mark.django_db
def test_a_house_that_is_not_on_the_fediverse_says_nothing(client):
    assert client.get("/.well-known/nodeinfo").status_code == 404
    assert client.get("/nodeinfo/2.1").status_code == 404
    assert client.get("/.well-known/host-meta").status_code == 404
    assert not Actor.objects.exists()


def test_there_are_two_versions(client, house):
    assert client.get("/nodeinfo/1.0").status_code == 404
