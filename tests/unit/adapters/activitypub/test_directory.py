"""Whom to ask about what (D8), feeds and quotations."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.public import kept

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()


def found(client, words="") -> str:
    return client.get("/directory/", {"q": words}, headers={"Accept-Language": "en"}).content.decode()


def test_people_are_found_by_name_role_and_subject(client, anna):
    for words in ("", "anna", "FERRI", "baker", "flour", "anna flour", "@anna"):
        assert "Anna Ferri" in found(client, words)
    assert "Nobody of that name" in found(client, "plumbing")
    assert "@molino@molino.test" in found(client, "plumbing")


def test_what_somebody_does_not_show_does_not_find_them(client, anna):
    Actor.objects.filter(pk=anna.pk).update(shows_topics=False, shows_role=False)

    assert "Anna Ferri" not in found(client, "flour")
    assert "Anna Ferri" not in found(client, "baker")
    assert "flour" not in found(client)


@pytest.mark.parametrize(
    "change", [{"is_discoverable": False}, {"state": "left"}, {"state": "hidden"}, {"state": "moved"}]
)
def test_whoever_does_not_want_to_be_found_or_is_not_here_is_not_listed(client, anna, change):
    Actor.objects.filter(pk=anna.pk).update(**change)

    assert "Anna Ferri" not in found(client)


def test_a_pause_is_told(client, anna):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.PAUSED)

    assert "takes a break" in found(client)


def test_a_long_list_goes_on(client, anna, django_assert_max_num_queries):
    for n in range(40):
        own.make_actor(Actor.Kind.PERSON, f"p{n:02}", display_name=f"Person {n:02}")
    with django_assert_max_num_queries(4):
        page = found(client)
    later = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")

    assert "Person 39" not in page
    assert "Person 39" in client.get(f"/directory/{later}").content.decode()


def test_a_feed_has_what_was_said_to_everybody(client, anna, says):
    """RFC 4287."""
    post = says(anna, "Fresh bread.")
    says(anna, "secret", audience="unlisted")
    says(anna, "an answer", in_reply_to="https://elsewhere.test/1")
    says(anna, "the end", document={"summary": "A spoiler"})
    answer = client.get("/@anna/feed.atom")
    feed = ElementTree.fromstring(answer.content)
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in feed.iter(f"{ATOM}entry")}

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert feed.findtext(f"{ATOM}title") == "Anna Ferri (@anna@molino.test)"
    assert len(entries) == 2
    assert entries[post.uri].find(f"{ATOM}link").attrib["href"] == post.document["url"]
    assert "Fresh bread." in entries[post.uri].findtext(f"{ATOM}summary")
    assert "the end" not in answer.content.decode()
    assert client.get("/@anna/feed.atom", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_post_can_be_quoted_on_another_page(client, anna, says):
    """oEmbed 1.0, section 2.3.4."""
    post = says(anna, "Fresh bread.")
    answer = client.get("/oembed", {"url": post.document["url"], "maxwidth": "400"})
    thing = answer.json()

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (thing["version"], thing["type"], thing["width"]) == ("1.0", "rich", 400)
    assert thing["author_name"] == "Anna Ferri"
    assert thing["html"].startswith(f'<blockquote cite="{post.document["url"]}" lang="en"><p>Fresh bread.</p>')
    assert "<script" not in thing["html"]


@pytest.mark.parametrize(
    "url", ["", "https://elsewhere.test/@anna/1", "https://molino.test/@anna", "https://molino.test/@anna/1", "[", "x"]
)
def test_nothing_else_can_be(client, anna, url):
    assert client.get("/oembed", {"url": url}).status_code == 404


def test_nor_what_is_not_public_nor_in_another_format(client, anna, says):
    """oEmbed 1.0, section 2.3.5: 501 for a format that is not there."""
    post, secret = says(anna), says(anna, audience="followers")

    assert client.get("/oembed", {"url": secret.document["url"]}).status_code == 404
    assert client.get("/oembed", {"url": post.document["url"], "format": "xml"}).status_code == 501


def test_a_hashtag_leads_to_what_was_said_under_it(client, anna, says):
    tag = [{"type": "Hashtag", "name": "#Bread"}]
    says(anna, "about bread", document={"tag": tag})
    says(anna, "in secret", audience="direct", document={"tag": tag})
    says(anna, "about cake")
    page = client.get("/tags/bread").content.decode()

    assert "about bread" in page
    assert "in secret" not in page
    assert "about cake" not in page
    assert "noindex" in page
