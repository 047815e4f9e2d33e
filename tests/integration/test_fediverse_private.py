"""What is private stays private: a direct message and its answer, tried at every door that strangers can knock at."""

from __future__ import annotations

import httpx
import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import Somebody

pytestmark = pytest.mark.timeout(600)
SECRET = "il mio ordine numero settantasette"
ANSWER = "parte domattina con il corriere"


@pytest.fixture
def conversation(fediverse: Fediverse, dora: Somebody) -> tuple[str, str]:
    """What Dora asked in private, and what Anna answered."""
    asked = dora.says(f"Dov'è {SECRET}?", fediverse.molino, audience="direct")
    [answer] = fediverse.answers(asked["id"], f"Signora, {ANSWER}.")
    dora.heard("Create", object__id=answer)
    return asked["id"], answer


def doors(fediverse: Fediverse, answer: str) -> list[str]:
    """Every address at which something of it could stand."""
    number = answer.rpartition("/")[2]
    parts = ("", "/outbox", "/outbox?page=1", "/outbox?page=true", "/featured", "/followers", "/following")
    actors = [f"/actors/{name}{part}" for name in ("molino", "anna", "instance") for part in parts]
    about = [f"/actors/anna/posts/{number}{part}" for part in ("", "/replies", "/context", "/likes", "/shares",
                                                                "/activity", "#x", "/replies?page=1")]  # fmt: skip
    pages = [f"/@{name}{part}" for name in ("molino", "anna") for part in ("", ".rss", ".atom", "/feed", f"/{number}",
                                                                            "?page=2", "/with_replies")]  # fmt: skip
    search = ["/search/?q=settantasette", "/nodeinfo/2.1", "/", "/sitemap.xml", f"/oembed?url={answer}",
              f"/.well-known/webfinger?resource={answer}", f"/authorize_interaction?uri={answer}"]  # fmt: skip
    return [*actors, *about, *pages, *search]


def test_a_stranger_finds_nothing_at_any_door(fediverse: Fediverse, conversation: tuple[str, str]) -> None:
    _asked, answer = conversation
    wanted = ("application/activity+json", "text/html", "application/rss+xml", "application/json")
    with httpx.Client(base_url=fediverse.house.url, timeout=60, follow_redirects=False) as client:
        client.headers.update({"Host": fediverse.lan.host("corale.test"), "X-Forwarded-Proto": "https"})
        for door in doors(fediverse, answer):
            for accept in wanted:
                given = client.get(door, headers={"Accept": accept})
                assert SECRET not in given.text, (door, accept)
                assert ANSWER not in given.text, (door, accept)
        assert client.get(answer.removeprefix(fediverse.url), headers={"Accept": wanted[0]}).status_code == 404


@pytest.mark.parametrize("scheme", ["cavage", "rfc9421"])
def test_another_person_who_signs_finds_nothing_either_and_who_was_spoken_to_finds_it(
    fediverse: Fediverse, conversation: tuple[str, str], dora: Somebody, scheme: str
) -> None:
    _asked, answer = conversation
    mallory = fediverse.somebody("mallory", "strict.test")
    mallory.heard("Accept", object__id=mallory.follows(fediverse.anna))

    for door in doors(fediverse, answer):
        given = mallory.looks(fediverse.url + door, scheme=scheme)
        assert ANSWER not in f"{given['text']} {given['document']}", door
    assert mallory.looks(answer, scheme=scheme)["status"] in (403, 404)
    assert ANSWER in dora.looks(answer, scheme=scheme)["document"]["content"]


def test_followers_are_told_nothing_of_it(fediverse: Fediverse, eve: Somebody, dora: Somebody) -> None:
    eve.heard("Accept", object__id=eve.follows(fediverse.anna))
    eve.heard("Accept", object__id=eve.follows(fediverse.molino))
    asked = dora.says(f"Dov'è {SECRET}?", fediverse.molino, audience="direct")
    [answer] = fediverse.answers(asked["id"], f"Signora, {ANSWER}.")
    dora.heard("Create", object__id=answer)

    marker = fediverse.does("post", voice=fediverse.anna, text="Per tutti.")
    eve.heard("Create", object__id=marker)

    assert eve.all_heard("Create", object__id=answer) == []


def test_what_only_followers_read_is_given_to_a_follower_alone(fediverse: Fediverse, eve: Somebody) -> None:
    eve.heard("Accept", object__id=eve.follows(fediverse.molino))
    post = fediverse.does("post", text="Solo per chi ci segue.", audience="followers")
    assert eve.heard("Create", object__id=post)["object"]["to"] == [f"{fediverse.molino}/followers"]

    stranger = fediverse.somebody("stranger", eve.host)

    assert eve.looks(post)["status"] == 200
    assert stranger.looks(post)["status"] in (403, 404)
    with httpx.Client(timeout=60) as client:
        headers = {"Host": fediverse.lan.host("corale.test"), "X-Forwarded-Proto": "https",
                   "Accept": "application/activity+json"}  # fmt: skip
        given = client.get(fediverse.house.url + post.removeprefix(fediverse.url), headers=headers)
    assert given.status_code in (401, 403, 404)
