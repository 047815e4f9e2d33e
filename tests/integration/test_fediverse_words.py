"""What people elsewhere say and do, as it stands in the record afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import PUBLIC, Somebody, now

pytestmark = pytest.mark.timeout(600)

REACTIONS = (
    "SELECT count(*) FROM activitypub_reaction r JOIN activitypub_post p ON p.id = r.post_id "
    "WHERE p.uri = '{}' AND r.kind = '{}' AND r.undone_at IS NULL"
)


def extras(message: dict[str, Any]) -> dict[str, Any]:
    found = message["extras"]
    return dict(found if isinstance(found, dict) else json.loads(found))


@pytest.fixture
def post(fediverse: Fediverse) -> str:
    """Something of ours that stands."""
    uri = fediverse.does("post", text="Buongiorno dal mulino.", language="it")
    fediverse.until(f"SELECT count(*) FROM activitypub_post WHERE uri = '{uri}'", 1)
    return uri


@pytest.mark.parametrize("audience", ["public", "unlisted", "followers", "direct"])
def test_what_is_said_to_us_becomes_a_conversation_for_those_who_may_read_it(
    fediverse: Fediverse, eve: Somebody, audience: str
) -> None:
    said = eve.says("Vendete sacchi da 5 kg?", fediverse.molino, audience=audience)

    message = fediverse.message(said["id"])

    assert message["text"] == "@molino Vendete sacchi da 5 kg?"
    assert extras(message).get("audience", "public") == audience
    assert fediverse.identity(eve.id)["handle"] == eve.handle.removeprefix("@")
    person = fediverse.rows(f"SELECT person_id FROM conversations_conversation WHERE id = {message['conversation_id']}")
    assert person == [(fediverse.identity(eve.id)["person_id"],)]


def test_an_edit_is_a_new_version_and_a_deletion_leaves_a_tombstone(fediverse: Fediverse, eve: Somebody) -> None:
    said = eve.says("Quanto costa?", fediverse.molino)
    first = fediverse.message(said["id"])

    changed = said | {"content": "<p>Quanto costa la macinata?</p>", "updated": now()}
    eve.does("Update", changed, fediverse.molino, to=[PUBLIC])
    fediverse.until(f"SELECT text FROM conversations_message WHERE id = {first['id']}", "Quanto costa la macinata?")
    assert fediverse.rows(f"SELECT count(*) FROM conversations_messageversion WHERE message_id = {first['id']}") == [
        (2,)
    ]

    eve.does("Delete", {"type": "Tombstone", "id": said["id"]}, fediverse.molino, to=[PUBLIC])
    fediverse.until(f"SELECT state FROM conversations_message WHERE id = {first['id']}", 3)

    eve.creates(said, fediverse.molino, id=f"{said['id']}/create-late")
    marker = eve.says("Ancora io", fediverse.molino)
    fediverse.message(marker["id"])
    assert fediverse.message(said["id"])["state"] == 3


def test_a_deletion_that_comes_before_what_it_deletes_still_counts(fediverse: Fediverse, eve: Somebody) -> None:
    said = eve.note("Mai detto", fediverse.molino)
    eve.does("Delete", {"type": "Tombstone", "id": said["id"]}, fediverse.molino, to=[PUBLIC])
    eve.creates(said, fediverse.molino)

    fediverse.message(eve.says("Ancora io", fediverse.molino)["id"])

    # Never heard, or deleted: a deletion that is not believed by its first signature comes after what it deletes.
    fediverse.until(f"SELECT count(*) FROM conversations_message WHERE native_id = '{said['id']}' AND state <> 3", 0)


def test_the_thread_in_which_somebody_calls_us_is_there_and_was_asked_for_once(
    fediverse: Fediverse, eve: Somebody, dora: Somebody
) -> None:
    top = dora.note("Chi fa il pane in casa?")
    middle = eve.note("Io, con farina loro.", dora.id, inReplyTo=top["id"])
    aside = eve.note("E il lievito?", inReplyTo=top["id"])
    context = {"id": dora.address("threads"), "type": "OrderedCollection", "orderedItems": [top["id"], aside["id"]],
               "totalItems": 2, "attributedTo": dora.id}  # fmt: skip
    for each in (top | {"context": context["id"]}, middle, aside, context):
        (dora if each["id"].startswith(dora.peer.lan.url(dora.host)) else eve).shows(each)

    said = eve.says("Che ne dite?", fediverse.molino, inReplyTo=middle["id"])
    fediverse.until(f"SELECT count(*) FROM conversations_message WHERE native_id = '{aside['id']}' AND state = 0", 1)

    assert set(fediverse.thread(said["id"])) == {top["id"], middle["id"], said["id"], aside["id"]}
    asked = [each["path"] for each in dora.peer.log(dora.host)["requests"]]
    assert asked.count(top["id"].removeprefix(dora.peer.lan.url(dora.host))) == 1
    fediverse.until(f"SELECT name FROM people_identity WHERE stable_id = '{dora.id}'", "Dora")


def test_likes_boosts_answers_and_quotations_are_counted_and_taken_back(
    fediverse: Fediverse, eve: Somebody, post: str
) -> None:
    like, boost = eve.likes(post, fediverse.molino), eve.boosts(post, fediverse.molino)
    answer = eve.says("Buongiorno!", fediverse.molino, inReplyTo=post)
    quotation = eve.note("Guardate", quoteUrl=post)
    eve.creates(quotation, fediverse.molino)
    for kind in ("like", "boost", "reply", "quote"):
        fediverse.until(REACTIONS.format(post, kind), 1)
    assert post in fediverse.thread(answer["id"]) or extras(fediverse.message(answer["id"]))["parent"] == post
    kinds = (
        "SELECT count(DISTINCT i.kind) FROM conversations_interaction i JOIN people_identity p ON p.id = i.identity_id "
        f"WHERE p.stable_id = '{eve.id}' AND i.undone_at IS NULL"
    )
    fediverse.until(kinds, 3)

    eve.undoes({"type": "Like", "id": like, "actor": eve.id, "object": post}, fediverse.molino)
    eve.undoes({"type": "Announce", "id": boost, "actor": eve.id, "object": post}, fediverse.molino)
    eve.does("Delete", answer["id"], fediverse.molino)
    for kind in ("like", "boost", "reply"):
        fediverse.until(REACTIONS.format(post, kind), 0)
    fediverse.until(kinds, 1)


def test_an_emoji_counts_as_a_like(fediverse: Fediverse, eve: Somebody, post: str) -> None:
    eve.does("EmojiReact", post, fediverse.molino, content="☕", to=[fediverse.molino])

    fediverse.until(REACTIONS.format(post, "like"), 1)


def test_votes_are_counted_once_and_the_sums_are_told(fediverse: Fediverse, eve: Somebody, dora: Somebody) -> None:
    poll = fediverse.hand.does(
        "did('post', text='Quale sacco?', poll=Poll(('1 kg', '5 kg'), datetime.now(timezone.utc) + timedelta(days=1)))"
    )
    fediverse.until(f"SELECT count(*) FROM activitypub_post WHERE uri = '{poll}' AND kind = 'Question'", 1)
    for voter, choices in ((eve, ("5 kg", "1 kg")), (dora, ("5 kg",))):
        for choice in choices:
            vote = voter.note("", fediverse.molino, audience="direct", name=choice, inReplyTo=poll)
            vote.pop("content")
            vote.pop("tag")
            voter.creates(vote, fediverse.molino)
    fediverse.until(REACTIONS.format(poll, "vote"), 2)
    assert fediverse.rows(f"SELECT count(*) FROM conversations_message WHERE text LIKE '%{poll}%'") == [(0,)]

    fediverse.house.rows("UPDATE jobs_job SET run_after = '2020-01-01 00:00:00+00:00' WHERE \"key\" LIKE 'poll:%'")
    told = eve.heard("Update", object__id=poll)

    assert {each["name"]: each["replies"]["totalItems"] for each in told["object"]["oneOf"]} == {"1 kg": 0, "5 kg": 2}
    assert told["object"]["votersCount"] == 2


def test_who_asks_may_quote_and_the_stamp_can_be_looked_at(fediverse: Fediverse, eve: Somebody, post: str) -> None:
    quotation = eve.note("Guardate", quote=post)
    eve.does("QuoteRequest", post, fediverse.molino, instrument=quotation["id"])

    yes = eve.heard("Accept", object__type="QuoteRequest")

    stamp = eve.looks(yes["result"])["document"]
    assert (stamp["type"], stamp["interactingObject"], stamp["interactionTarget"]) == (
        "QuoteAuthorization", quotation["id"], post,
    )  # fmt: skip


def test_a_complaint_is_kept_for_whoever_moderates(fediverse: Fediverse, eve: Somebody, post: str) -> None:
    eve.does("Flag", [fediverse.molino, post], fediverse.molino, content="Pubblicità")

    kept = f"SELECT count(*) FROM activitypub_complaint WHERE by_uri = '{eve.id}' AND words = 'Pubblicità'"
    fediverse.until(kept, 1)


def test_what_a_group_passes_on_is_read_where_it_lives(fediverse: Fediverse, eve: Somebody, post: str) -> None:
    group = fediverse.somebody("forum", "knock.test", type="Group")
    answer = eve.note("Dal forum", fediverse.molino, inReplyTo=post)
    eve.shows(answer)
    told = answer | {"content": "<p>Cambiato per strada</p>"}
    inner = {"id": eve.address("did"), "type": "Create", "actor": eve.id, "object": told, "to": [PUBLIC]}

    group.does("Announce", inner, fediverse.molino, to=[PUBLIC])

    assert fediverse.message(answer["id"])["text"].endswith("Dal forum")


def test_bundled_and_odd_addressing_is_read_for_what_it_says(fediverse: Fediverse, eve: Somebody) -> None:
    """Compacted JSON-LD as Takahe sends it: `as:Public` as a word, a direct message with `cc` alone."""
    public = eve.note("Pubblico", fediverse.molino) | {"to": "as:Public", "cc": fediverse.molino}
    secret = eve.note("Solo voi", fediverse.molino) | {"cc": fediverse.molino}
    del secret["to"]
    for said, audience in ((public, "public"), (secret, "direct")):
        body = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{said['id']}/create", "type": "Create",
                "actor": eve.id, "object": said}  # fmt: skip
        answer = eve.posts(f"{fediverse.url}/inbox", json.dumps(body))
        assert answer["status"] == 202, answer
        assert extras(fediverse.message(said["id"])).get("audience", "public") == audience
