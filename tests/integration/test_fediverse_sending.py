"""What we say and do, as it reaches servers that this project did not write."""

from __future__ import annotations

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import PUBLIC, Somebody

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("audience", ["public", "unlisted", "followers", "direct"])
def test_an_answer_reaches_who_asked_and_is_no_wider_than_the_question(
    fediverse: Fediverse, eve: Somebody, audience: str
) -> None:
    asked = eve.says("Spedite in Svizzera?", fediverse.molino, audience=audience)

    [answer] = fediverse.answers(asked["id"], "Sì, in tre giorni.")

    said = eve.heard("Create", object__id=answer)
    note = said["object"]
    assert (said["actor"], note["attributedTo"], note["inReplyTo"]) == (fediverse.anna, fediverse.anna, asked["id"])
    assert "Sì, in tre giorni." in note["content"]
    assert {"type": "Mention", "href": eve.id, "name": eve.handle} in note["tag"]
    for each in (said, note):
        everybody = [*each["to"], *each["cc"]]
        assert eve.id in everybody
        assert (PUBLIC in everybody) is (audience in ("public", "unlisted"))
        assert (f"{fediverse.anna}/followers" in everybody) is (audience != "direct")
    fediverse.until(f"SELECT state FROM channels_delivery WHERE outside_id = '{answer}'", "sent")


def test_it_signs_in_the_way_that_each_server_understands(fediverse: Fediverse, eve: Somebody, dora: Somebody) -> None:
    for who in (eve, dora):
        asked = who.says("Chi siete?", fediverse.molino)
        [answer] = fediverse.answers(asked["id"], "Il mulino.")
        who.heard("Create", object__id=answer)

        brought = [each for each in who.peer.log(who.host)["requests"] if each["method"] == "POST"]
        assert {each["scheme"] for each in brought} <= {"cavage", "rfc9421"}
        assert brought[-1]["status"] == 202
    asked_for = [each for each in dora.peer.log(dora.host)["requests"] if each["method"] == "GET"]
    assert all(each["scheme"] for each in asked_for if each["status"] == 200 and each["path"] == f"/users/{dora.name}")


def test_what_we_say_is_told_to_followers_changed_and_taken_back(fediverse: Fediverse, eve: Somebody) -> None:
    eve.heard("Accept", object__id=eve.follows(fediverse.molino))
    post = fediverse.does("post", text="Domani si macina: https://corale.test/ #pane", language="it", warning="Farina")

    note = eve.heard("Create", object__id=post)["object"]
    assert (note["type"], note["summary"], note["to"]) == ("Note", "Farina", [PUBLIC])
    assert [each["name"] for each in note["tag"] if each["type"] == "Hashtag"] == ["#pane"]
    assert eve.looks(post)["document"]["id"] == post

    fediverse.does("edit", target=post, text="Dopodomani si macina.")
    changed = eve.heard("Update", object__id=post)["object"]
    assert "Dopodomani" in changed["content"]
    assert changed["updated"]

    fediverse.does("delete", target=post)
    assert eve.heard("Delete", object__id=post)["object"]["type"] == "Tombstone"
    assert eve.looks(post)["status"] == 410


def test_likes_boosts_and_quotations_are_told_and_taken_back(fediverse: Fediverse, eve: Somebody) -> None:
    theirs = eve.says("Pane fatto in casa", fediverse.molino)
    fediverse.message(theirs["id"])

    like = fediverse.does("like", target=theirs["id"])
    assert eve.heard("Like", id=like)["object"] == theirs["id"]
    fediverse.does("unlike", target=like)
    assert eve.heard("Undo", object__id=like)["object"]["type"] == "Like"

    boost = fediverse.does("repost", target=theirs["id"])
    assert eve.heard("Announce", id=boost)["object"] == theirs["id"]
    fediverse.does("unlike", target=boost)
    eve.heard("Undo", object__id=boost)


def test_we_ask_before_we_quote_and_show_the_leave(fediverse: Fediverse, eve: Somebody) -> None:
    theirs = eve.says("Pane fatto in casa", fediverse.molino)
    fediverse.message(theirs["id"])

    quotation = fediverse.does("quote", target=theirs["id"], text="Che bello!")
    asked = eve.heard("QuoteRequest", object=theirs["id"])
    stamp = eve.address("stamps")
    request = {name: asked[name] for name in ("id", "type", "actor", "object")} | {"instrument": quotation}
    eve.does("Accept", request, fediverse.molino, result=stamp)

    fediverse.house.until(lambda: eve.looks(quotation)["document"].get("quoteAuthorization") == stamp)
    assert eve.looks(quotation)["document"]["quote"] == theirs["id"]


def test_a_thread_of_ours_can_be_read_by_its_context(fediverse: Fediverse, eve: Somebody) -> None:
    first = fediverse.does("post", text="Primo.")
    fediverse.until(f"SELECT count(*) FROM activitypub_post WHERE uri = '{first}'", 1)
    answer = eve.says("Secondo.", fediverse.molino, inReplyTo=first)
    [second] = fediverse.answers(answer["id"], "Terzo.")
    eve.heard("Create", object__id=second)

    thread = eve.looks(eve.looks(first)["document"]["context"])["document"]

    assert thread["type"] in ("OrderedCollection", "Collection")
    assert first in str(thread)


def test_a_profile_that_changes_is_told_to_followers(fediverse: Fediverse, eve: Somebody) -> None:
    eve.heard("Accept", object__id=eve.follows(fediverse.molino))
    document = eve.looks(fediverse.molino)["document"]
    assert (document["type"], document["preferredUsername"], document["name"]) == ("Organization", "molino", "Molino")
    assert document["publicKey"]["id"].startswith(fediverse.molino)
