"""The page of something said."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from corale.adapters.activitypub.models import Actor, Reaction
from corale.adapters.activitypub.public import kept
from corale.adapters.activitypub.views.accepting import ACTIVITY
from corale.channels import record
from corale.channels.contract import Said, Who
from corale.channels.keys import key_of

CARLA = Who("activitypub", "https://elsewhere.test/users/carla", handle="carla@elsewhere.test", name="Carla Bianchi")


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    cache.clear()


@pytest.fixture
def recorded(monkeypatch):
    """What the record upstairs knows of others, by native id."""
    known: dict[str, Said] = {}
    monkeypatch.setattr(record, "_readers", [lambda _connection, ids: [known[each] for each in ids if each in known]])

    def remember(uri: str, text: str, **more) -> Said:
        known[uri] = Said(uri, "1", CARLA, text, timezone.now(), url=f"{uri}.html", **more)
        return known[uri]

    return remember


def look(client, post, **headers):
    return client.get(post.document["url"].removeprefix("https://molino.test"), headers=headers)


def words(answer) -> str:
    return answer.content.decode()


def answered(post, uri, **more):
    return Reaction.objects.create(key=key_of(uri), uri=uri, post=post, kind="reply", actor_uri=CARLA.stable_id, **more)


@pytest.mark.parametrize("audience", ["public", "unlisted"])
def test_anybody_reads_it_with_its_byline(client, anna, says, audience):
    page = words(look(client, says(anna, "Fresh <b>bread</b>.", audience=audience)))

    assert "Fresh <b>bread</b>." in page
    assert 'lang="en"' in page
    assert 'href="https://molino.test/@anna"' in page
    assert "Baker" in page
    assert "<script" not in page


@pytest.mark.parametrize("audience", ["followers", "direct"])
def test_what_is_not_public_has_no_page(client, anna, says, audience):
    assert look(client, says(anna, audience=audience)).status_code == 404


def test_what_was_taken_back_is_gone(client, anna, says):
    answer = look(client, says(anna, "regretted", deleted_at=timezone.now()))

    assert answer.status_code == 410
    assert "regretted" not in words(answer)


def test_machines_get_the_object(client, anna, says):
    post = says(anna)

    assert look(client, post, Accept=ACTIVITY).json()["id"] == post.uri


def test_a_preview_has_its_words_and_its_forms(client, anna, says):
    post = says(anna, "Fresh bread at seven.")
    page = words(look(client, post))

    assert '<meta property="og:type" content="article">' in page
    assert '<meta property="og:description" content="Fresh bread at seven.">' in page
    assert f'<link rel="canonical" href="{post.document["url"]}">' in page
    assert 'type="application/json+oembed" href="https://molino.test/oembed?url=https%3A%2F%2Fmolino.test' in page


def test_what_stands_behind_a_warning_is_folded_and_not_previewed(client, anna, says):
    page = words(look(client, says(anna, "It was the butler.", document={"summary": "The end of the story"})))

    assert "<details" in page
    assert "The end of the story" in page
    assert page.count("It was the butler.") == 1  # behind the fold, and in no preview
    assert page.index("<details") < page.index("It was the butler.")


def test_counts_say_what_they_count(client, anna, says):
    post = says(anna)
    for n, kind in enumerate(["like", "like", "boost"]):
        uri = f"https://elsewhere.test/{n}"
        Reaction.objects.create(key=key_of(uri), uri=uri, post=post, kind=kind, actor_uri="x")
    page = words(look(client, post, **{"Accept-Language": "en"}))

    assert "liked by 2 people" in page
    assert "passed on by 1 person" in page
    assert "other servers have told ours" in page


def test_the_thread_is_read_from_the_question_to_the_answers(client, anna, brand, says, recorded):
    recorded("https://elsewhere.test/1", "Is it fresh?")
    post = says(anna, "Of this morning.", in_reply_to="https://elsewhere.test/1")
    theirs = recorded("https://elsewhere.test/2", "Then I come! https://elsewhere.test/me <script>", parent=post.uri)
    answered(post, theirs.native_id)
    says(brand, "See you.", in_reply_to=theirs.native_id)
    page = words(look(client, post))

    places = [page.index(text) for text in ("Is it fresh?", "Of this morning.</p>", "Then I come!", "See you.")]
    assert places == sorted(places)
    assert "<script" not in page
    assert "data-nosnippet" in page  # their words are not ours to offer to search engines
    assert 'rel="nofollow ugc noopener"' in page


def test_only_public_answers_are_shown_or_counted(client, anna, brand, says, recorded):
    post = says(anna)
    secret = recorded("https://elsewhere.test/2", "just between us", parent=post.uri)
    answered(post, secret.native_id, is_public=False)
    says(brand, "whispered", in_reply_to=post.uri, audience="direct")
    page = words(look(client, post))

    assert "just between us" not in page
    assert "whispered" not in page
    assert "1 answer" not in page


def test_an_answer_to_something_we_do_not_know_says_so(client, anna, says):
    page = words(look(client, says(anna, in_reply_to="https://elsewhere.test/unknown")))

    assert 'href="https://elsewhere.test/unknown"' in page


def test_a_new_answer_shows_at_once(client, anna, says, recorded):
    post = says(anna)
    assert "Mine too" not in words(look(client, post))

    answered(post, recorded("https://elsewhere.test/2", "Mine too", parent=post.uri).native_id)
    assert "Mine too" in words(look(client, post))


def test_whoever_left_still_has_said_it(client, anna, brand, says):
    post = says(anna)
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.LEFT)
    page = words(look(client, post))

    assert "no longer speaks for Molino" in page
    assert "Anna Ferri" in page


def test_a_poll_shows_what_was_chosen(client, anna, says):
    choices = [{"type": "Note", "name": name, "replies": {"totalItems": n}} for name, n in (("Rye", 3), ("Oat", 1))]
    page = words(look(client, says(anna, document={"oneOf": choices}), **{"Accept-Language": "en"}))

    assert "Rye" in page
    assert "3 votes" in page
    assert "1 vote<" in page


def test_a_stampede_costs_a_few_queries_each(client, anna, says, recorded, django_assert_max_num_queries):
    post = says(anna)
    for n in range(30):
        answered(post, recorded(f"https://elsewhere.test/{n}", f"n. {n}", parent=post.uri).native_id)
    with django_assert_max_num_queries(14):
        look(client, post)
    with django_assert_max_num_queries(5):
        look(client, post)
