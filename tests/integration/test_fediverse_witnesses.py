"""Everything we sign is believed by libraries that this project did not write, and nothing that was changed on the way:
what reached the other servers is shown to bovine (both schemes) and to pyhttpsig (the draft)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.atproto.people import eventually
from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.peer import HOSTS
from tests.support.witnesses.judging import bovine, pyhttpsig

REMEMBERED = """
from corale.adapters.activitypub.models import Server
Server.objects.filter(host=host).update(scheme=scheme)
"""
LOOKED = """
from corale.adapters.activitypub.asking import ask
ask(url, "application/activity+json").status_code
"""
KEYS = """
from corale.adapters.activitypub.models import Actor
{each.key_id: each.public_key for each in Actor.objects.all()}
"""


@pytest.fixture(scope="module")
def heard(fediverse: Fediverse) -> list[dict[str, Any]]:
    """Every signed request of ours that reached another server, after a life in miniature; each with our key."""
    for host in HOSTS:
        dora = fediverse.somebody("dora", host)
        dora.follows(fediverse.molino)
        dora.heard("Accept", actor=fediverse.molino)
        for scheme in ("cavage", "rfc9421"):
            fediverse.hand.does(REMEMBERED, host=fediverse.lan.host(host), scheme=scheme)
            said = dora.says("How fine must I grind?", fediverse.anna)
            [answer] = fediverse.answers(said["id"], "Finer than for the moka.")
            dora.heard("Create", object__id=answer)
            fediverse.hand.does(LOOKED, url=f"{dora.id}?page=2")
    post = fediverse.does("post", text="Open house on Saturday.")
    eventually(lambda: [each for each in _signed(fediverse) if post in each["body"]])
    keys = fediverse.hand.does(KEYS)
    return [each | {"key": _key_of(each, keys)} for each in _signed(fediverse)]


def _signed(fediverse: Fediverse) -> list[dict[str, Any]]:
    """Ours, by the id of the key."""
    every = [each for host in HOSTS for each in fediverse.peer.log(host)["requests"] if each["scheme"]]
    return [each for each in every if f'"{fediverse.url}/' in _said(each)]


def _said(request: dict[str, Any]) -> str:
    return str(request["headers"].get("signature-input", request["headers"]["signature"]))


def _key_of(request: dict[str, Any], keys: dict[str, str]) -> str:
    return next(key for key_id, key in keys.items() if f'"{key_id}"' in _said(request))


def _of(scheme: str, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in requests if each["scheme"] == scheme]


@pytest.mark.parametrize("scheme", ["cavage", "rfc9421"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_both_were_sent_in_both_ways(heard: list[dict[str, Any]], scheme: str, method: str) -> None:
    assert [each for each in _of(scheme, heard) if each["method"] == method]


def test_bovine_believes_everything_we_sign(heard: list[dict[str, Any]]) -> None:
    # bovine leaves the query out of the draft's target, which pyhttpsig does not: see below.
    asked = [each for each in heard if each["scheme"] == "rfc9421" or "?" not in each["url"]]

    assert [
        each["url"] for each, whose in zip(asked, bovine(asked), strict=True) if str(whose) not in _said(each)
    ] == []


def test_pyhttpsig_believes_everything_we_sign_in_the_older_way(heard: list[dict[str, Any]]) -> None:
    assert [each["url"] for each in _of("cavage", heard) if not pyhttpsig(each)] == []


def test_bovine_believes_nothing_that_was_changed_on_the_way(heard: list[dict[str, Any]]) -> None:
    changes = [{"url": "https://fedify.test/users/mallory"}, {"method": "DELETE"}, {"body": '{"type":"Delete"}'}]
    posted = [each for each in heard if each["method"] == "POST"]

    assert set(bovine([each | change for each in posted for change in changes])) == {None}
