"""How one is found (RFC 7033; Mastodon's FEDERATION.md asks for a match both ways)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.views.wellknown import NoResource, name_in

WEBFINGER = "/.well-known/webfinger"
PAGE = "http://webfinger.net/rel/profile-page"


def ask(client, resource, **more):
    return client.get(WEBFINGER, {"resource": resource, **more}, secure=True)


@pytest.mark.parametrize(
    "resource",
    [
        "acct:anna@molino.test",
        "acct:ANNA@Molino.TEST",
        "ACCT:anna@molino.test",
        "acct:@anna@molino.test",
        "acct:anna%40molino.test",
        "https://molino.test/actors/anna",
        "https://molino.test/@anna",
        "https://molino.test/@Anna/",
        "http://molino.test/@anna",
    ],
)
def test_she_is_found_however_one_asks(client, anna, resource):
    """RFC 7033, section 4.2: a resource is any URI; ours are acct: and the addresses of actor and page."""
    answer = ask(client, resource)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/jrd+json"
    assert answer["Access-Control-Allow-Origin"] == "*"  # section 5
    assert answer.json()["subject"] == "acct:anna@molino.test"
    assert answer.json()["aliases"] == ["https://molino.test/@anna", "https://molino.test/actors/anna"]


def test_the_way_there_leads_back(client, anna):
    """Mastodon: handle → actor → handle must be a circle."""
    [itself] = [link for link in ask(client, "acct:anna@molino.test").json()["links"] if link["rel"] == "self"]
    document = client.get(itself["href"].removeprefix("https://molino.test"), headers={"Accept": itself["type"]})

    assert document.json()["id"] == itself["href"]
    assert document.json()["webfinger"] == "anna@molino.test"  # FEP-2c59
    assert document.json()["preferredUsername"] == "anna"


@pytest.mark.parametrize(
    "resource", ["", "anna", "anna@molino.test", "acct:", "acct:anna", "acct:a@b@c", "acct:@x", ":", "https:"]
)
def test_what_is_no_resource_is_a_bad_request(client, anna, resource):
    """RFC 7033, section 4.2: 400 when it is absent or malformed."""
    answer = ask(client, resource)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
    assert client.get(WEBFINGER).status_code == 400


@pytest.mark.parametrize(
    "resource",
    ["acct:nobody@molino.test", "acct:anna@elsewhere.test", "https://elsewhere.test/@anna", "mailto:anna@molino.test",
     "https://molino.test/about/", "https://molino.test/@anna/123"],
)  # fmt: skip
def test_who_is_not_here_is_not_found(client, anna, resource):
    """RFC 7033, section 4.2: 404 when there is nothing about it."""
    answer = ask(client, resource)

    assert answer.status_code == 404
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_only_the_links_that_were_asked_for(client, anna):
    """RFC 7033, section 4.3."""
    answer = ask(client, "acct:anna@molino.test", rel=PAGE)

    assert [link["rel"] for link in answer.json()["links"]] == [PAGE]


def test_handles_may_live_on_another_domain(client, anna, settings):
    """Servers on social.molino.test, handles at bread.test: the subject is the handle that is meant."""
    settings.CORALE_HANDLE_HOST = "bread.test"

    for resource in ("acct:anna@bread.test", "acct:anna@molino.test", "https://molino.test/actors/anna"):
        assert ask(client, resource).json()["subject"] == "acct:anna@bread.test"
    passed_on = client.get(WEBFINGER, {"resource": "acct:anna@bread.test"}, headers={"Host": "bread.test"})
    assert passed_on.json()["links"][0]["href"] == "https://molino.test/actors/anna"


def test_whoever_is_hidden_is_gone(client, anna):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.HIDDEN)

    assert ask(client, "acct:anna@molino.test").status_code == 410


def test_the_house_is_found_too(client, house):
    """Servers that check who signs a GET look for its handle as well."""
    answer = ask(client, "acct:instance@molino.test").json()

    assert [link["href"] for link in answer["links"]] == [own.instance_actor().uri]


def test_finding_costs_one_query(client, anna, django_assert_num_queries):
    with django_assert_num_queries(1):
        ask(client, "acct:anna@molino.test")


def test_it_is_only_read(client, anna):
    assert client.post(WEBFINGER, {"resource": "acct:anna@molino.test"}).status_code == 405


def test_host_meta_says_where_to_ask(client, house):
    """RFC 6415, section 3."""
    answer = client.get("/.well-known/host-meta")

    assert answer["Content-Type"].startswith("application/xrd+xml")
    assert b'template="https://molino.test/.well-known/webfinger?resource={uri}"' in answer.content


@given(some.text(max_size=80) | some.from_regex(r"(acct|https?)(:|%3A)[/@a-z.%0-9\[\]]{0,40}", fullmatch=True))
def test_no_resource_whatever_is_an_error_of_ours(resource):
    with suppress(NoResource):
        assert "/" not in name_in(resource)
