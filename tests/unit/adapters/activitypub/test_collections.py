"""Lists of one of us, and around what was said (ActivityPub, section 5; ActivityStreams, section 5)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from corale.adapters.activitypub.models import Activity, Actor, Post, Reaction
from corale.adapters.activitypub.views.accepting import ACTIVITY
from corale.channels.keys import key_of


def read(client, uri):
    return client.get(uri.removeprefix("https://molino.test"), headers={"Accept": ACTIVITY})


def created(post: Post) -> Activity:
    body = {
        "@context": [],
        "id": f"{post.uri}/activity",
        "type": "Create",
        "object": {"id": post.uri, "content": "first"},
    }
    return Activity.objects.create(
        uri=body["id"], actor=post.actor, kind="Create", body=json.dumps(body), is_public=True
    )


def did(post: Post, kind: str, n: int = 1, **more) -> Reaction:
    uri = f"https://elsewhere.test/{kind}/{n}"
    return Reaction.objects.create(
        key=key_of(uri), uri=uri, post=post, kind=kind, actor_uri="https://elsewhere.test/users/carla", **more
    )


def walked(client, address) -> list:
    """Every page, from the first to the last."""
    items, pages = [], 0
    step = read(client, address).json()["first"]
    while step:
        page = read(client, step).json()
        items += page.get("orderedItems", page.get("items"))
        assert page["partOf"] == address
        assert page["id"] == step
        step, pages = page.get("next"), pages + 1
        assert pages < 10
    return items


def test_the_outbox_is_walked_from_the_newest_to_the_oldest(client, anna, says):
    """Section 5.1: reverse chronological order."""
    posts = [says(anna, f"n. {n}", ago=timedelta(hours=50 - n)) for n in range(45)]
    for post in posts:
        created(post)
    outbox = read(client, f"{anna.uri}/outbox").json()

    assert outbox["type"] == "OrderedCollection"
    assert outbox["totalItems"] == 45
    assert [each["object"]["id"] for each in walked(client, f"{anna.uri}/outbox")] == [
        post.uri for post in reversed(posts)
    ]


def test_the_outbox_shows_what_stands_now(client, anna, says):
    """What was changed is shown changed; what was deleted, or was never public, is not shown."""
    changed, deleted, secret = says(anna, "second"), says(anna), says(anna, audience="followers")
    for post in (changed, deleted):
        created(post)
    Activity.objects.filter(uri=created(secret).uri).update(is_public=False)
    Post.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now())

    [only] = walked(client, f"{anna.uri}/outbox")
    assert only["object"]["content"] == "<p>second</p>"
    assert "@context" not in only


def test_a_page_of_the_outbox_costs_three_queries(client, anna, says, django_assert_max_num_queries):
    for n in range(30):
        created(says(anna, f"n. {n}"))

    with django_assert_max_num_queries(3):
        read(client, f"{anna.uri}/outbox?page=1")


@pytest.mark.parametrize("which", ["followers", "following"])
def test_who_follows_whom_is_counted_and_not_told(client, anna, which):
    """Sections 5.3 and 5.4 allow to leave out whatever is not for everybody."""
    Actor.objects.filter(pk=anna.pk).update(followers_count=7, following_count=7)

    collection = read(client, f"{anna.uri}/{which}").json()
    assert collection["totalItems"] == 7
    assert not {"orderedItems", "first"} & set(collection)


def test_what_is_pinned_comes_whole(client, anna, says):
    pinned, _other = says(anna, is_pinned=True), says(anna)
    says(anna, audience="direct", is_pinned=True)

    collection = read(client, f"{anna.uri}/featured").json()
    assert [each["id"] for each in collection["orderedItems"]] == [pinned.uri]
    assert collection["totalItems"] == 1


def test_public_answers_are_listed_ours_first(client, anna, brand, says):
    post = says(anna)
    ours = says(brand, in_reply_to=post.uri)
    says(brand, in_reply_to=post.uri, audience="direct")
    theirs = [did(post, "reply", n) for n in range(45)]
    did(post, "reply", 100, is_public=False)
    did(post, "reply", 101, undone_at=timezone.now())
    did(post, "like")

    assert read(client, f"{post.uri}/replies").json()["totalItems"] == 46
    assert read(client, f"{post.uri}/replies").json()["type"] == "Collection"
    assert walked(client, f"{post.uri}/replies") == [ours.uri, *(each.uri for each in theirs)]


def test_likes_and_shares_are_counted_and_not_told(client, anna, says):
    """Sections 5.7 and 5.8."""
    post = says(anna)
    did(post, "like", 1)
    did(post, "like", 2, undone_at=timezone.now())
    did(post, "boost", 1)
    did(post, "boost", 2)

    assert read(client, f"{post.uri}/likes").json()["totalItems"] == 1
    shares = read(client, f"{post.uri}/shares").json()
    assert shares["totalItems"] == 2
    assert "items" not in shares


def test_a_conversation_can_be_fetched_whole(client, anna, brand, says):
    """FEP-7888, FEP-f228: `context` is a collection of everything in the conversation."""
    first = says(anna)
    address = f"{first.uri}/context"
    Post.objects.filter(pk=first.pk).update(context=address)
    second = says(brand, in_reply_to=first.uri, context=address)
    theirs = did(second, "reply")
    says(anna, context=address, audience="direct")

    assert read(client, address).json()["type"] == "OrderedCollection"
    assert walked(client, address) == [first.uri, second.uri, theirs.uri]


def test_lists_of_the_hidden_are_gone(client, anna):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.HIDDEN)

    for part in ("outbox", "followers", "following", "featured"):
        assert read(client, f"{anna.uri}/{part}").status_code == 410


@pytest.mark.parametrize("page", ["ours-x", "theirs-99999999999999999999", "nobody", "1", "theirs-1~2"])
def test_a_page_that_is_none_does_not_trouble_us(client, anna, says, page):
    post = says(anna)

    assert read(client, f"{post.uri}/replies?page={page}").status_code == 200
    assert read(client, f"{anna.uri}/outbox?page=1&before={page}").status_code == 200
