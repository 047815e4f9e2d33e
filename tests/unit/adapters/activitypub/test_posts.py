"""What one of us has said, by its id (ActivityPub, sections 3.2 and 6.4)."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from corale.adapters.activitypub.models import Activity, Actor, Post
from corale.adapters.activitypub.views.accepting import ACTIVITY, LD


def read(client, uri, accept=ACTIVITY):
    return client.get(uri.removeprefix("https://molino.test"), headers={"Accept": accept})


@pytest.mark.parametrize("audience", ["public", "unlisted"])
def test_what_is_public_is_read_by_anybody(client, anna, says, audience):
    post = says(anna, audience=audience)
    answer = read(client, post.uri, LD)

    assert answer["Content-Type"] == LD
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert {"Accept", "Signature"} <= set(answer["Vary"].split(", "))
    assert {**answer.json(), "@context": 0} == {**post.document, "@context": 0}
    assert answer.json()["@context"][0] == "https://www.w3.org/ns/activitystreams"


@pytest.mark.parametrize("audience", ["followers", "direct"])
def test_what_is_not_public_does_not_exist_for_others(client, anna, says, audience):
    post = says(anna, audience=audience)

    assert read(client, post.uri).status_code == 404
    assert read(client, post.uri, "text/html").status_code == 404
    for part in ("replies", "context", "likes", "shares", "activity"):
        assert read(client, f"{post.uri}/{part}").status_code == 404


def test_a_deletion_of_what_was_not_public_says_nothing_either(client, anna, says):
    assert read(client, says(anna, audience="direct", deleted_at=timezone.now()).uri).status_code == 404


def test_what_was_deleted_is_a_tombstone(client, anna, says):
    """ActivityPub, section 6.4."""
    answer = read(client, says(anna, deleted_at=timezone.now()).uri)

    assert answer.status_code == 410
    assert answer["Content-Type"] == ACTIVITY
    assert answer.json()["type"] == "Tombstone"
    assert answer.json()["formerType"] == "Note"
    assert answer.json()["deleted"].endswith("Z")
    assert "content" not in answer.json()


def test_what_a_hidden_person_said_is_gone_with_them(client, anna, says):
    post = says(anna)
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.HIDDEN)

    assert read(client, post.uri).status_code == 410


def test_whoever_left_is_still_quoted(client, anna, says):
    post = says(anna)
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.LEFT)

    assert read(client, post.uri).json()["attributedTo"] == anna.uri


def test_people_are_led_to_the_page(client, anna, says):
    post = says(anna)

    assert read(client, post.uri, "text/html,*/*;q=0.8")["Location"] == post.document["url"]


def test_three_questions_for_each_note_are_cheap(client, anna, says, django_assert_max_num_queries):
    post = says(anna)

    with django_assert_max_num_queries(1):
        answer = read(client, post.uri)
    assert "max-age" in answer["Cache-Control"]
    again = client.get(
        post.uri.removeprefix("https://molino.test"), headers={"Accept": ACTIVITY, "If-None-Match": answer["ETag"]}
    )
    assert again.status_code == 304


def test_what_was_done_is_read_by_its_id(client, anna, says):
    post = says(anna)
    body = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{post.uri}/activity", "type": "Create"}
    Activity.objects.create(uri=body["id"], actor=anna, kind="Create", body=json.dumps(body), is_public=True)
    secret = {**body, "id": f"{anna.uri}/activities/1", "to": ["https://elsewhere.test/users/carla"]}
    Activity.objects.create(uri=secret["id"], actor=anna, kind="Accept", body=json.dumps(secret))

    assert read(client, body["id"]).json() == body
    assert read(client, secret["id"]).status_code == 404
    assert read(client, f"{anna.uri}/activities/2").status_code == 404


def test_nothing_is_not_found(client, anna):
    assert read(client, f"{anna.uri}/posts/1").status_code == 404
    assert not Post.objects.exists()
