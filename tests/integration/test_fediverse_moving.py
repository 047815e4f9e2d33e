"""A colleague moves in from elsewhere and out again, on a page, with servers that this project did not write."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.test_fediverse_follows import FOLLOWERS
from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import Somebody

pytestmark = pytest.mark.timeout(600)
LUCA = """
from django.test import Client
luca = User.objects.create_user(f"{name}@molino.test", "una lunga parola")
luca = Person.objects.update_or_create(user=luca, defaults={"name": "Luca Riva"})[0]
browser = Client(headers={"host": host})
browser.force_login(luca.user)
own.make_actor(Actor.Kind.PERSON, name, luca).uri
"""
SENDS = """
answer = browser.post("/people/me/public/moving/", said, secure=True)
[answer.status_code, answer.content.decode()]
"""


class Luca:
    """A colleague with a profile of his own, at his page about moving."""

    def __init__(self, fediverse: Fediverse, name: str) -> None:
        self.fediverse = fediverse
        self.id = fediverse.hand.does(LUCA, name=name, host=fediverse.lan.host("corale.test"))

    def sends(self, **said: Any) -> str:
        """A form of the page; what it shows afterwards."""
        status, shown = self.fediverse.hand.does(SENDS, said={k.replace("__", "-"): v for k, v in said.items()})
        assert status in (200, 302), shown
        return str(shown)


def test_who_moves_in_is_named_on_both_sides_and_followers_arrive(fediverse: Fediverse, dora: Somebody) -> None:
    luca, old = Luca(fediverse, "luca"), fediverse.somebody("luca", "knock.test")

    luca.sends(verb="expect", into__address=old.handle)
    assert dora.looks(luca.id)["document"]["alsoKnownAs"] in (old.id, [old.id])  # as their server checks it

    old.becomes(movedTo=luca.id)
    old.does("Move", old.id, fediverse.molino, target=luca.id)
    asked = dora.follows(luca.id)  # as servers do for those who followed
    assert dora.heard("Accept", object__id=asked)["actor"] == luca.id
    fediverse.until(FOLLOWERS.format(dora.id), 1)


def test_who_moves_out_asks_followers_to_come_along(fediverse: Fediverse, eve: Somebody) -> None:
    luca = Luca(fediverse, f"luca{eve.name}")
    eve.heard("Accept", object__id=eve.follows(luca.id))
    new = fediverse.somebody("luca", "strict.test")
    assert "does not say yet" in luca.sends(verb="look", out__address=new.handle)

    new.becomes(knownAs=[luca.id])
    assert "1 follower is asked" in luca.sends(verb="look", out__address=new.handle)
    luca.sends(verb="leave", out__address=new.handle, understood="on")

    moved = eve.heard("Move", actor=luca.id)
    assert (moved["object"], moved["target"]) == (luca.id, new.id)
    assert eve.heard("Update", actor=luca.id, object__movedTo=new.id)
    assert eve.looks(luca.id)["document"]["movedTo"] == new.id
