"""What other servers really send, into events."""

from __future__ import annotations

import pytest

from corale.channels.contract import Known, Reacted, Said, Unreacted, Vanished, Who
from tests.unit.adapters.activitypub.arrivals import CARLA, MOLINO, POST, events


def said(name, **headers):
    [found] = events(name, **headers)
    assert isinstance(found, Said)
    return found


def shown(message):
    return [(each.kind, message.text[each.start : each.end], each.value) for each in message.facets]


def test_a_mention_is_read_with_its_words_links_hashtags_and_picture():
    message = said("mastodon_create_mention")

    assert message.text == (
        "@molino buongiorno! La macchina per il caffè perde acqua ☕. Qui il manuale: "
        "https://www.guide.example/macchine/espresso/manutenzione-ordinaria?pagina=12\n\n#caffè"
    )
    assert shown(message) == [
        ("mention", "@molino", MOLINO),
        (
            "link",
            "https://www.guide.example/macchine/espresso/manutenzione-ordinaria?pagina=12",
            "https://www.guide.example/macchine/espresso/manutenzione-ordinaria?pagina=12",
        ),
        ("tag", "#caffè", "caffè"),
    ]
    [picture] = message.attachments
    assert (picture.kind, picture.mime, picture.alt, picture.width, picture.height) == (
        "image", "image/jpeg", "Una pozza d’acqua sotto la macchina", 1920, 1080,
    )  # fmt: skip
    assert (message.kind, message.addressed, message.audience, message.language) == ("mention", True, "public", "it")
    assert message.author == Who("activitypub", CARLA)
    assert message.url == "https://mastodon.example/@carla/113240001122334455"


def test_an_answer_knows_what_it_answers_and_which_of_our_posts_began_the_thread():
    message = said("mastodon_create_reply")

    assert (message.kind, message.parent, message.root, message.addressed) == ("reply", POST, POST, True)


@pytest.mark.parametrize(
    ("name", "audience"),
    [
        ("mastodon_create_mention", "public"),
        ("mastodon_create_unlisted_warning", "unlisted"),
        ("mastodon_create_followers", "followers"),
        ("mastodon_create_direct", "direct"),
    ],
)
def test_who_may_read_it_follows_from_whom_it_is_addressed_to(name, audience):
    message = said(name)

    assert (message.audience, message.direct, message.kind == "direct") == (audience, *[audience == "direct"] * 2)
    assert message.addressed


def test_a_warning_stands_before_the_words_and_covers_the_picture():
    message = said("mastodon_create_unlisted_warning")

    assert message.warning == "Un dito tagliato"
    assert message.attachments[0].is_sensitive


def test_a_changed_note_is_the_same_message_in_another_version():
    before, after = said("mastodon_create_mention"), said("mastodon_update_note")

    assert before.native_id == after.native_id
    assert before.version != after.version


def test_reactions_and_their_taking_back_meet_by_their_id():
    for name, kind, target in (("like", "like", POST), ("announce", "repost", POST), ("follow", "follow", MOLINO)):
        [done] = events(f"mastodon_{name}")
        assert (done.kind, done.target, done.actor.stable_id) == (kind, target, CARLA)
        assert isinstance(done, Reacted)
        assert events(f"mastodon_undo_{name}") == [Unreacted(done.native_id)]


def test_what_is_deleted_is_gone_and_whoever_is_deleted_cannot_be_reached():
    assert events("mastodon_delete_note") == [Vanished(said("mastodon_create_mention").native_id, "deleted")]
    assert events("mastodon_delete_account") == [Known(Who("activitypub", CARLA), reachable=False)]
