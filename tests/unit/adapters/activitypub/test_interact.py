"""From our page to the visitor's own server (FEP-3b86, and OStatus before it)."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as some

from corale.adapters.activitypub.intents import FEP, OSTATUS, filled
from corale.adapters.activitypub.models import Server
from corale.channels.errors import Malformed

OURS = {"Origin": "https://molino.test"}


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def at_home(there):
    """Carla's server, which says how she does things; her handle."""

    def say(links, called="carla") -> str:
        host = f"127.0.0.1:{there.port}"
        there.serve(
            f"/.well-known/webfinger?resource=acct%3A{called}%40127.0.0.1%3A{there.port}", {"links": links},
            Content_Type="application/jrd+json",
        )  # fmt: skip
        return f"@{called}@{host}"

    return say


def go(client, handle, uri, what="reply", headers=OURS):
    return client.post("/interact", {"handle": handle, "uri": uri, "what": what}, headers=headers, secure=True)


def test_she_answers_at_her_own_server(client, anna, says, at_home):
    """Mastodon and most others: the OStatus template takes posts as well."""
    handle, post = (
        at_home([{"rel": OSTATUS, "template": "https://elsewhere.test/authorize_interaction?uri={uri}"}]),
        says(anna),
    )
    answer = go(client, handle, post.uri)

    assert answer.status_code == 302
    assert answer["Location"] == (
        "https://elsewhere.test/authorize_interaction?uri=" + post.uri.replace(":", "%3A").replace("/", "%2F")
    )


def test_the_better_way_is_taken_where_there_is_one(client, anna, says, at_home):
    handle = at_home([
        {"rel": OSTATUS, "template": "https://elsewhere.test/old?uri={uri}"},
        {"rel": FEP + "Create", "template": "https://elsewhere.test/new?to={inReplyTo}&text={content}"},
        {"rel": FEP + "Follow", "template": "https://elsewhere.test/follow?who={object}&then={on-success}"},
    ])  # fmt: skip
    post = says(anna)

    assert go(client, handle, post.uri)["Location"].startswith("https://elsewhere.test/new?to=https%3A%2F%2Fmolino")
    assert go(client, handle, post.uri)["Location"].endswith("&text=")
    assert go(client, handle, anna.uri, "follow")["Location"] == (
        "https://elsewhere.test/follow?who=https%3A%2F%2Fmolino.test%2Factors%2Fanna&then="
    )


def test_sharing_a_text_is_no_answer(client, anna, says, at_home):
    """A Create without {inReplyTo} would lose what is answered."""
    handle = at_home([
        {"rel": FEP + "Create", "template": "https://elsewhere.test/share?text={content}"},
        {"rel": FEP + "Object", "template": "https://elsewhere.test/open?it={object}"},
    ])  # fmt: skip

    assert go(client, handle, says(anna).uri)["Location"].startswith("https://elsewhere.test/open?it=")


@pytest.mark.parametrize(
    ("handle", "told"),
    [("carla", "A handle looks like this"), ("a@b@c", "A handle looks like this"), ("", "A handle looks like this"),
     ("carla@nobody.invalid", "does not answer now"), ("carla@127.0.0.1:1", "does not answer now")],
)  # fmt: skip
def test_what_went_wrong_is_told_and_what_was_typed_stays(client, anna, handle, told):
    answer = go(client, handle, anna.uri, "follow")
    page = answer.content.decode()

    assert answer.status_code == 422
    assert told in page
    assert f'value="{handle}"' in page or not handle
    assert anna.uri in page  # to do it by hand


def test_a_server_that_knows_no_way_says_so(client, anna, at_home):
    answer = go(client, at_home([{"rel": OSTATUS}, {"rel": "self", "href": "x"}, 7]), anna.uri, "follow")

    assert answer.status_code == 422
    assert "does not say where this is done" in answer.content.decode()


def test_nobody_there_is_told(client, anna, there):
    answer = go(client, f"nobody@127.0.0.1:{there.port}", anna.uri, "follow")

    assert "Nobody is found" in answer.content.decode()


@pytest.mark.parametrize(
    "template", ["javascript:alert({uri})", "//evil.test/{uri}", "https:///{uri}", "https://a@b/{uri}", ""]
)
def test_a_template_that_leads_nowhere_safe_is_not_followed(client, anna, at_home, template):
    assert go(client, at_home([{"rel": OSTATUS, "template": template}]), anna.uri, "follow").status_code == 422


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.test"}, {"Origin": "null"}, {"Referer": "https://evil.test/molino.test"},
     {"Origin": "https://molino.test", "Sec-Fetch-Site": "cross-site"}],
)  # fmt: skip
def test_no_other_site_leads_anybody_through_here(client, anna, at_home, headers):
    handle = at_home([{"rel": OSTATUS, "template": "https://evil.test/?{uri}"}])

    assert go(client, handle, anna.uri, "follow", headers).status_code == 404


def test_only_to_what_is_ours_and_public(client, anna, says):
    secret = says(anna, audience="direct")

    for uri in (secret.uri, "https://elsewhere.test/1", "https://molino.test/actors/instance", "", f"{anna.uri}/x"):
        assert go(client, "carla@elsewhere.test", uri).status_code == 404
    assert go(client, "carla@elsewhere.test", anna.uri, "explode").status_code == 404
    assert client.get("/interact").status_code == 405


def test_a_blocked_server_is_not_asked(client, anna, there, at_home):
    handle = at_home([{"rel": OSTATUS, "template": "https://elsewhere.test/?{uri}"}])
    Server.objects.create(host=f"127.0.0.1:{there.port}", stance=Server.Stance.BLOCKED)

    assert go(client, handle, anna.uri, "follow").status_code == 422
    assert there.paths() == []


def test_a_private_address_is_not_asked(client, anna, settings):
    """The guarded door: only public addresses."""
    settings.CORALE_ALLOW_LOOPBACK = False

    for host in ("127.0.0.1", "10.0.0.1", "[::1]", "169.254.169.254"):
        assert go(client, f"carla@{host}", anna.uri, "follow").status_code == 422


def test_whoever_asks_too_often_waits(client, anna):
    answers = [go(client, "carla", anna.uri, "follow").status_code for _ in range(14)]

    assert answers[0] == 422
    assert answers[-1] == 429


def test_the_page_may_lead_out_and_load_nothing_from_there(client, anna):
    policy = client.get("/@anna")["Content-Security-Policy"]

    assert "form-action 'self' https:" in policy
    assert "default-src 'self'" in policy


@given(some.text(max_size=60), some.text(max_size=60))
def test_any_template_is_an_address_to_go_to_or_refused(before, uri):
    try:
        address = filled(f"https://elsewhere.test/{before}?uri={{uri}}", uri)
    except (Malformed, ValueError):
        return
    assert address.startswith("https://elsewhere.test/")
