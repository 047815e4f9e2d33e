"""An address is somebody's when it links back (rel=me; microformats.org/wiki/rel-me)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.verifying import links_back, mine_in, verify, verify_again
from corale.jobs.drain import drain

HTML = "text/html; charset=utf-8"


@pytest.fixture
def page(there):
    """A page elsewhere."""

    def serve(body: str, path: str = "/me", kind: str = HTML, status: int = 200) -> str:
        there.serve(path, body.encode(), status, Content_Type=kind)
        return there.at(path)

    return serve


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="me" href="https://molino.test/@anna">Work</a>',
        "<A REL='nofollow ME' HREF='https://molino.test/@anna/'>Work</A>",
        '<link rel="me" href="https://molino.test/actors/anna">',
        '<p><a href="https://elsewhere.test" rel="me">x</a><a rel=me href=https://Molino.test/@Anna>Work',
    ],
)
def test_a_page_that_links_back_is_hers(house, page, body):
    assert links_back(page(body), "anna") is True


@pytest.mark.parametrize(
    ("body", "more"),
    [
        ('<a href="https://molino.test/@anna">no rel</a>', {}),
        ('<a rel="me" href="https://molino.test/@bruno">somebody else</a>', {}),
        ('<a rel="me" href="https://molino.test.evil.test/@anna">x</a>', {}),
        ('<a rel="me" href="https://molino.test/@anna">x</a>', {"kind": "text/plain"}),
        ('<a rel="me" href="https://molino.test/@anna">x</a>', {"status": 404}),
        ("<!-- <a rel=me href=https://molino.test/@anna> -->", {}),
    ],
)
def test_any_other_is_not(house, page, body, more):
    assert links_back(page(body, **more), "anna") is False


def test_a_private_address_is_never_asked(house, settings, page):
    address = page('<a rel="me" href="https://molino.test/@anna">x</a>')
    settings.CORALE_ALLOW_LOOPBACK = False

    assert links_back(address, "anna") is False


def test_what_cannot_be_reached_today_stays_as_it_was(anna, page, there):
    gone = "http://127.0.0.1:1/me"
    Actor.objects.filter(pk=anna.pk).update(links=[["x", gone]], verified={gone: "2026-01-01T00:00:00+00:00"})
    anna.refresh_from_db()
    verify(anna)
    anna.refresh_from_db()

    assert anna.verified == {gone: "2026-01-01T00:00:00+00:00"}
    page("oops", status=500)
    assert links_back(there.at("/me"), "anna") is None


def test_what_no_longer_links_back_is_no_longer_hers(anna, page):
    address = page('<a rel="me" href="https://molino.test/@anna">x</a>')
    Actor.objects.filter(pk=anna.pk).update(links=[["Mine", address]])
    verify_again.call()
    drain()
    anna.refresh_from_db()
    assert list(anna.verified) == [address]

    page("<p>Sold.</p>")
    verify(anna)
    anna.refresh_from_db()
    assert anna.verified == {}


def test_a_page_larger_than_we_read_is_not_hers(house, page):
    assert links_back(page("x" * (1024 * 1024 + 1)), "anna") is False


@given(some.text(max_size=300) | some.from_regex(r"<(a|link)[ a-z=\"'/:<>!-]{0,80}", fullmatch=True))
def test_no_page_whatever_is_an_error_of_ours(body):
    assert isinstance(mine_in(body), list)
