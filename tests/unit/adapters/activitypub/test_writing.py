"""What we say, in the shapes that every server understands."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from corale.adapters.activitypub.wire import writing
from corale.adapters.activitypub.wire.body import version_of
from corale.adapters.activitypub.wire.context import CONTEXT, with_context
from corale.adapters.activitypub.wire.written import Choice, Picture, Question, Somebody, Written
from corale.channels.contract import Said
from tests.unit.adapters.activitypub.arrivals import ARRIVALS, BASE, CARLA, MOLINO, POST, PUBLIC, events

AT = datetime(2026, 10, 2, 9, 30, 15, 123456, tzinfo=UTC)
WHO = Somebody(CARLA, "carla@mastodon.example", "https://mastodon.example/@carla")
FOLLOWERS = f"{MOLINO}/followers"
TAGS_AT = f"{BASE}/@molino?tag="
PLAIN = Written(
    uri=POST, actor=MOLINO, url=f"{BASE}/@molino/0193c5d2e1a0b1c2d3e4", text="Buongiorno", published=AT,
    followers=FOLLOWERS, tags_at=TAGS_AT,
)  # fmt: skip
AUDIENCES = ["public", "unlisted", "followers", "direct"]
FULL = replace(
    PLAIN,
    text="@carla@mastodon.example ecco #caffè\n\nhttps://molino.example",
    language="it", parent=f"{CARLA}/statuses/1", context=f"{CARLA}/contexts/1", mentions=(WHO,), addressed=(WHO,),
    warning="Spoiler", quotes=f"{CARLA}/statuses/2", quote_authorization="https://mastodon.example/stamps/1",
    pictures=(Picture("https://social.molino.example/pictures/a.jpg", "image/jpeg", "Una tazza", 800, 600),),
    question=Question((Choice("Moka", 2), Choice("Espresso", 0)), AT + timedelta(days=1), several=True, voters=2),
    updated=AT + timedelta(hours=1),
)  # fmt: skip


def read_back(document):
    """As another Corale would read it, from the server of Carla."""
    there = json.loads(json.dumps(with_context(writing.create(document))).replace(BASE, "https://ours.example"))
    return [event for event in events(there) if isinstance(event, Said)]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_object_and_activity_say_to_whom_alike_in_lists_and_others_read_it_so(audience):
    note = writing.note(replace(PLAIN, audience=audience, addressed=(WHO,)))
    activity = writing.create(note)
    [said] = read_back(note)

    assert isinstance(note["to"], list) and isinstance(note["cc"], list)
    assert (activity["to"], activity["cc"]) == (note["to"], note["cc"])
    assert CARLA in note["to"] + note["cc"]
    assert "as:Public" not in json.dumps(note)
    assert said.audience == audience


def test_public_goes_to_everybody_and_unlisted_to_followers_first():
    assert writing.addressing("public", FOLLOWERS, [CARLA]) == ([PUBLIC], [FOLLOWERS, CARLA])
    assert writing.addressing("unlisted", FOLLOWERS, [CARLA]) == ([FOLLOWERS], [PUBLIC, CARLA])
    assert writing.addressing("followers", FOLLOWERS, [CARLA]) == ([FOLLOWERS], [CARLA])
    assert writing.addressing("direct", FOLLOWERS, [CARLA, CARLA]) == ([CARLA], [])


def test_everybody_who_is_spoken_to_is_mentioned_once_even_without_a_word_about_them():
    note = writing.note(replace(PLAIN, audience="direct", addressed=(WHO,)))
    both = writing.note(FULL)

    assert note["tag"] == [{"type": "Mention", "href": CARLA, "name": "@carla@mastodon.example"}]
    assert [each["type"] for each in both["tag"]].count("Mention") == 1
    assert "carla" not in note["content"]


def test_everything_a_post_can_carry_arrives():
    note = writing.note(FULL)
    [said] = read_back(note)

    assert note["type"] == "Question"
    assert note["content"] == note["contentMap"]["it"]
    assert (note["published"], note["updated"]) == ("2026-10-02T09:30:15Z", "2026-10-02T10:30:15Z")
    assert (note["sensitive"], note["summary"]) == (True, "Spoiler")
    assert (note["votersCount"], note["endTime"]) == (2, "2026-10-03T09:30:15Z")
    assert (note["replies"], note["context"]) == (f"{POST}/replies", f"{CARLA}/contexts/1")
    assert note["quote"] == note["quoteUrl"] == note["_misskey_quote"] == f"{CARLA}/statuses/2"
    assert said.text == "@carla@mastodon.example ecco #caffè\n\nhttps://molino.example\n\n☐ Moka · 2\n☐ Espresso · 0"
    assert (said.warning, said.language, said.quotes, said.parent) == (
        "Spoiler", "it", f"{CARLA}/statuses/2", f"{CARLA}/statuses/1",
    )  # fmt: skip
    assert [(each.kind, each.value) for each in said.facets] == [
        ("mention", CARLA), ("tag", "caffè"), ("link", "https://molino.example"),
    ]  # fmt: skip
    [picture] = said.attachments
    assert (picture.kind, picture.alt, picture.width, picture.mime) == ("image", "Una tazza", 800, "image/jpeg")


def test_a_plain_post_is_a_note_with_nothing_it_does_not_need():
    note = writing.note(PLAIN)

    assert (note["type"], note["inReplyTo"], note["summary"], note["sensitive"]) == ("Note", None, None, False)
    assert note["attachment"] == note["tag"] == []
    assert not {"updated", "oneOf", "anyOf", "quote", "contentMap", "endTime"} & note.keys()


def test_one_answer_is_one_of_and_a_closed_poll_says_when():
    question = Question((Choice("Sì"), Choice("No")), AT, closed_at=AT)
    note = writing.note(replace(PLAIN, question=question))

    assert [each["name"] for each in note["oneOf"]] == ["Sì", "No"]
    assert note["closed"] == "2026-10-02T09:30:15Z"


@pytest.mark.parametrize(
    ("audience", "may"), [("public", PUBLIC), ("unlisted", PUBLIC), ("followers", MOLINO), ("direct", MOLINO)]
)
def test_whoever_may_share_a_post_may_quote_it(audience, may):
    note = writing.note(replace(PLAIN, audience=audience))

    assert note["interactionPolicy"]["canQuote"]["automaticApproval"] == [may]


def test_a_change_has_another_id_each_time_and_the_version_of_what_it_says():
    first = writing.update(writing.note(FULL), AT)
    second = writing.update(writing.note(FULL), AT + timedelta(seconds=1))

    assert first["id"] != second["id"]
    assert first["object"]["id"] == second["object"]["id"] == POST
    assert version_of(writing.note(replace(FULL, question=None))) == "2026-10-02T10:30:15+00:00"
    assert version_of(writing.note(FULL)).startswith("2026-10-02T10:30:15+00:00 ")


@given(text=some.text(min_size=1, max_size=200))
@settings(deadline=None, max_examples=100)
def test_the_version_we_keep_is_the_version_that_comes_back(text):
    note = writing.note(replace(PLAIN, text=text))
    [said] = events(json.loads(json.dumps(note)), fetched="object")

    assert (said.version, said.ours) == (version_of(note), True)


def test_a_deletion_leaves_a_tombstone_and_tells_whom_it_was_said_to():
    note = writing.note(replace(PLAIN, addressed=(WHO,)))
    gone = writing.delete(note, AT)

    assert (gone["to"], gone["cc"]) == (note["to"], note["cc"])
    assert gone["object"] == {"id": POST, "type": "Tombstone", "formerType": "Note", "deleted": "2026-10-02T09:30:15Z"}


def test_an_answer_to_a_request_repeats_it_and_goes_to_who_asked():
    follow = json.loads(ARRIVALS["mastodon_follow"])
    asked = json.loads(ARRIVALS["mastodon_quote_request"])
    yes = writing.accept(f"{MOLINO}/activities/1", MOLINO, follow)
    stamped = writing.accept(f"{MOLINO}/activities/2", MOLINO, asked, result=f"{MOLINO}/stamps/1")
    no = writing.reject(f"{MOLINO}/activities/3", MOLINO, follow)

    assert yes["object"] == {"id": follow["id"], "type": "Follow", "actor": CARLA, "object": MOLINO}
    assert yes["to"] == no["to"] == stamped["to"] == [CARLA]
    assert (stamped["result"], stamped["object"]["instrument"]) == (f"{MOLINO}/stamps/1", asked["instrument"]["id"])


def test_what_is_taken_back_is_repeated_whole_and_told_to_the_same():
    like = writing.like(f"{MOLINO}/activities/1", MOLINO, f"{CARLA}/statuses/1", CARLA)
    undo = writing.undo(with_context(like))

    assert undo["object"] == like
    assert (undo["to"], like["to"]) == ([CARLA], [CARLA])
    assert undo["id"] != like["id"]


def test_a_complaint_names_nobody_of_us_and_is_addressed_to_nobody():
    flag = writing.flag(
        f"{BASE}/actors/instance/activities/1", f"{BASE}/actors/instance", [CARLA, f"{CARLA}/1"], "spam"
    )

    assert (flag["actor"], flag["object"]) == (f"{BASE}/actors/instance", [CARLA, f"{CARLA}/1"])
    assert not {"to", "cc"} & flag.keys()


def test_moving_names_the_new_place_and_sharing_tells_the_author():
    move = writing.move(f"{MOLINO}/activities/1", MOLINO, "https://new.example/molino", followers=FOLLOWERS)
    share = writing.announce(f"{MOLINO}/activities/2", MOLINO, f"{CARLA}/statuses/1", CARLA, at=AT, followers=FOLLOWERS)

    assert (move["object"], move["target"], move["to"]) == (MOLINO, "https://new.example/molino", [FOLLOWERS])
    assert (share["to"], share["cc"]) == ([PUBLIC], [FOLLOWERS, CARLA])


def test_leave_to_quote_is_asked_for_and_given_as_fep_044f_writes_it():
    note = writing.note(FULL)
    asked = writing.quote_request(f"{MOLINO}/activities/1", MOLINO, note, FULL.quotes, CARLA)
    stamp = writing.quote_authorization(f"{MOLINO}/stamps/1", MOLINO, quoting=f"{CARLA}/statuses/9", quoted=POST)

    assert (asked["type"], asked["object"], asked["instrument"]["id"]) == ("QuoteRequest", FULL.quotes, POST)
    assert (stamp["type"], stamp["interactionTarget"]) == ("QuoteAuthorization", POST)


AS_TERMS = """
id type actor object target result instrument to cc attributedTo inReplyTo published updated summary content contentMap
context replies likes shares attachment tag url name href rel mediaType width height oneOf anyOf closed endTime deleted
totalItems formerType Create Note Question Image Document Mention Link Collection Tombstone
"""


def test_every_name_we_use_is_spelled_out_so_that_nobody_has_to_fetch():
    known = set(AS_TERMS.split()) | set(CONTEXT[2])
    used = names(with_context(writing.create(writing.note(FULL)))) | names(
        writing.quote_authorization("a", "b", quoting="c", quoted="d")
    )

    assert used - known == set()
    assert [each for each in CONTEXT if isinstance(each, str)] == [
        "https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1",
    ]  # fmt: skip


def names(value):
    """All property names and types in a document."""
    if isinstance(value, list):
        return {name for each in value for name in names(each)}
    if not isinstance(value, dict):
        return set()
    inner = {name for key, each in value.items() if key not in ("@context", "contentMap") for name in names(each)}
    return inner | ({key for key in value if key != "@context"} | {value.get("type", "Note")})
