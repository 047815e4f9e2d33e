"""The page of one of us, for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from corale.adapters.activitypub import addresses, own
from corale.adapters.activitypub.models import Actor, Post
from corale.adapters.activitypub.public import kept
from corale.adapters.activitypub.views.accepting import ACTIVITY, LD
from corale.channels.actions.pictures import keep_picture
from tests.unit.adapters.activitypub.drawing import drawn


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    cache.clear()


def look(client, path, **headers):
    return client.get(path, headers=headers)


def words(answer) -> str:
    return answer.content.decode()


def test_anybody_sees_who_they_are_and_what_to_ask_them(client, anna):
    answer = look(client, "/@anna")
    page = words(answer)

    assert answer.status_code == 200
    for said in ("Anna Ferri", "@anna@molino.test", "Baker", "bread &amp; flour", "I bake.", "https://a.test/me"):
        assert said in page
    assert 'rel="me nofollow noopener"' in page
    assert "<script" not in page
    assert "csrf" not in page


def test_only_what_they_want_to_show(client, anna):
    Actor.objects.filter(pk=anna.pk).update(shows_role=False, shows_topics=False)

    assert "Baker" not in words(look(client, "/@anna"))
    assert "bread" not in words(look(client, "/@anna"))


def test_it_speaks_the_language_of_the_visitor(client, anna):
    assert "Chi risponde" in words(look(client, "/@anna", **{"Accept-Language": "it"}))
    assert "Whom to ask" in words(look(client, "/@anna", **{"Accept-Language": "en"}))


def test_machines_get_the_document_at_the_same_address(client, anna):
    """Whoever pastes the address of a page into the search of their app."""
    for accept in (ACTIVITY, LD):
        answer = look(client, "/@anna", Accept=accept)
        assert answer["Content-Type"] == accept
        assert answer.json()["id"] == anna.uri


def test_other_forms_are_named_in_the_head(client, anna):
    answer = look(client, "/@anna")
    page = words(answer)

    assert f'<link rel="alternate" type="application/activity+json" href="{anna.uri}">' in page
    assert '<link rel="alternate" type="application/atom+xml" href="https://molino.test/@anna/feed.atom"' in page
    assert '<link rel="canonical" href="https://molino.test/@anna">' in page
    assert '<meta property="og:title" content="Anna Ferri (@anna@molino.test)">' in page
    assert '<meta name="description" content="I bake.">' in page
    assert '<meta name="fediverse:creator" content="@anna@molino.test">' in page
    assert answer["Link"] == f'<{anna.uri}>; rel="alternate"; type="application/activity+json"'


def test_search_engines_are_let_in_only_where_that_is_wanted(client, anna):
    assert '<meta name="robots" content="noindex">' in words(look(client, "/@anna"))
    Actor.objects.filter(pk=anna.pk).update(is_indexable=True, updated_at=timezone.now())
    assert "noindex" not in words(look(client, "/@anna"))


def test_the_newest_public_words_and_nothing_else(client, anna, says):
    says(anna, "yesterday", ago=timedelta(hours=1))
    says(anna, "today")
    for hidden in ("unlisted", "followers", "direct"):
        says(anna, f"secret {hidden}", audience=hidden)
    says(anna, "regretted", deleted_at=timezone.now())
    page = words(look(client, "/@anna"))

    assert page.index("today") < page.index("yesterday")
    assert "secret" not in page
    assert "regretted" not in page


def test_one_goes_on_to_what_is_older(client, anna, says):
    for n in range(25):
        says(anna, f"thing {n:02}", ago=timedelta(hours=n))
    page = words(look(client, "/@anna"))
    later = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")

    assert "thing 19" in page
    assert "thing 20" not in page
    assert "thing 20" in words(look(client, f"/@anna{later}"))
    assert "That is the end." in words(look(client, f"/@anna{later}", **{"Accept-Language": "en"}))


def test_whoever_left_says_whom_to_ask_instead(client, anna, brand, world):
    bruno = own.make_actor(Actor.Kind.PERSON, "bruno", world.bruno)
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.LEFT, successor=bruno, updated_at=timezone.now())
    page = words(look(client, "/@anna"))

    assert "Anna Ferri no longer speaks for Molino." in page
    assert 'href="https://molino.test/@bruno"' in page
    assert 'name="handle"' not in page
    assert "Baker" not in page


def test_whoever_pauses_says_so_and_the_company_answers(client, anna, brand):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.PAUSED)
    page = words(look(client, "/@anna"))

    assert "takes a break" in page
    assert page.count('href="https://molino.test/@molino"') >= 2


def test_whoever_moved_says_where_to(client, anna):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.MOVED, moved_to="https://new.test/@anna")

    assert "https://new.test/@anna" in words(look(client, "/@anna"))


def test_whoever_is_hidden_is_gone(client, anna):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.HIDDEN)

    assert look(client, "/@anna").status_code == 410
    assert "Anna Ferri" not in words(look(client, "/@anna"))
    assert look(client, "/@anna/feed.atom").status_code == 404


def test_another_spelling_leads_to_the_one_address(client, anna):
    assert look(client, "/@ANNA")["Location"] == "https://molino.test/@anna"


def test_the_house_and_nobody_have_no_page(client, anna):
    assert look(client, "/@instance").status_code == 404
    assert look(client, "/@nobody").status_code == 404


def test_verified_addresses_say_so(client, anna):
    Actor.objects.filter(pk=anna.pk).update(verified={"https://a.test/me": "2026-11-01T10:00:00+00:00"})

    assert "verified" in words(look(client, "/@anna"))


def test_words_of_theirs_cannot_do_anything(client, anna, says):
    Actor.objects.filter(pk=anna.pk).update(summary="<script>alert(1)</script> javascript:alert(1)")
    says(anna, 'x<script>alert(2)</script><a href="javascript:alert(3)" onclick="x">y</a>')
    page = words(look(client, "/@anna"))

    assert "<script" not in page
    assert "onclick" not in page
    assert 'href="javascript' not in page


def test_pictures_come_from_our_own_store_only(client, anna, says):
    picture = addresses.picture(keep_picture(drawn()))
    says(anna, document={"attachment": [
        {"type": "Image", "mediaType": "image/png", "url": picture, "name": "A loaf"},
        {"type": "Image", "mediaType": "image/png", "url": "https://elsewhere.test/spy.png", "name": "A spy"},
    ]})  # fmt: skip
    page = words(look(client, "/@anna"))

    assert picture in page
    assert 'alt="A loaf"' in page
    assert "spy" not in page


def test_a_stampede_costs_a_few_queries_each_and_one_rendering(client, anna, says, django_assert_max_num_queries):
    for n in range(20):
        says(anna, f"n. {n}")
    with django_assert_max_num_queries(8):
        first = look(client, "/@anna")
    with django_assert_max_num_queries(4):
        again = look(client, "/@anna")

    assert again.content == first.content
    assert "max-age=60" in first["Cache-Control"]
    assert look(client, "/@anna", **{"If-None-Match": first["ETag"]}).status_code == 304


def test_what_is_taken_back_does_not_linger(client, anna, says):
    post = says(anna, "regretted")
    assert "regretted" in words(look(client, "/@anna"))

    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())
    assert "regretted" not in words(look(client, "/@anna"))


def test_a_house_that_is_off_has_no_pages(client, db):
    assert look(client, "/@molino").status_code == 404
    assert look(client, "/directory/").status_code == 404
