"""What other servers really send, into events."""

from __future__ import annotations

import pytest

from corale.channels.contract import Known, Reacted, Said, Unreacted, Vanished, Who
from tests.unit.adapters.activitypub.arrivals import CARLA, MOLINO, POST, create, events, note


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


SPOKEN = [
    ("gotosocial_create_mention", "mention", "public"),
    ("gotosocial_create_direct", "direct", "direct"),
    ("misskey_create_reply_hidden", "reply", "unlisted"),
    ("akkoma_create_reply", "reply", "public"),
    ("pleroma_chat_message", "direct", "direct"),
    ("pixelfed_create_pictures", "mention", "public"),
    ("pixelfed_create_comment_mixed_tags", "reply", "public"),
    ("peertube_create_comment", "reply", "public"),
    ("lemmy_create_comment", "reply", "public"),
    ("lemmy_private_message", "direct", "direct"),
    ("nodebb_create_article", "mention", "public"),
    ("nodebb_create_reply", "reply", "public"),
    ("wordpress_create_article", "mention", "public"),
    ("wordpress_create_comment", "reply", "public"),
    ("friendica_create_mention", "mention", "public"),
    ("friendica_create_direct", "direct", "direct"),
    ("snac_create_mention", "mention", "public"),
    ("takahe_create_public", "mention", "public"),
    ("takahe_create_unlisted", "mention", "unlisted"),
    ("takahe_create_followers", "mention", "followers"),
    ("takahe_create_direct", "direct", "direct"),
    ("fedify_create", "mention", "public"),
    ("fedify_expanded_create", "mention", "public"),
    ("mobilizon_create_event", "mention", "public"),
]


@pytest.mark.parametrize(("name", "kind", "audience"), SPOKEN)
def test_every_server_is_heard_when_it_speaks_to_us(name, kind, audience):
    message = said(name)

    assert (message.kind, message.audience, message.addressed) == (kind, audience, True)
    assert message.text
    assert message.written_at is not None


@pytest.mark.parametrize(
    "name",
    [name for name, *_ in SPOKEN if name not in {
        "friendica_create_direct", "pleroma_chat_message", "lemmy_private_message", "wordpress_create_comment",
        "pixelfed_create_comment_mixed_tags", "nodebb_create_article", "nodebb_create_reply", "mobilizon_create_event",
        "fedify_expanded_create",
    }],
)  # fmt: skip
def test_whoever_is_named_in_the_words_is_marked_there(name):
    message = said(name)

    assert [(kind, value) for kind, shown_, value in shown(message) if shown_.startswith("@")] == [("mention", MOLINO)]


@pytest.mark.parametrize("name", ["mastodon_create_quote", "misskey_create_quote", "friendica_create_quote"])
def test_a_quotation_knows_what_it_quotes_and_does_not_repeat_its_address(name):
    message, reacted = events(name)

    assert (message.kind, message.quotes, message.addressed) == ("quote", POST, True)
    assert message.text in {"Finalmente qualcuno lo dice", "Buono davvero :espresso:", "Da leggere"}
    assert reacted == Reacted(message.native_id, "quote", message.author, POST, message.written_at)


@pytest.mark.parametrize(
    "quoting",
    [
        {"quote": POST}, {"quoteUrl": POST}, {"quoteUri": POST}, {"_misskey_quote": POST}, {"quoteUrl": {"id": POST}},
        {"tag": {"type": "Link", "mediaType": "application/activity+json", "href": POST, "name": f"RE: {POST}"}},
        {"tag": [{"type": "Link", "href": POST, "rel": ["https://misskey-hub.net/ns#_misskey_quote"]}]},
    ],
)  # fmt: skip
def test_quoting_is_understood_in_every_dialect(quoting):
    message, _reacted = events(create(note(content=f"<p>sì</p><p>RE: {POST}</p>", **quoting)))

    assert (message.quotes, message.text) == (POST, "sì")


def test_an_address_after_re_stays_where_nothing_is_quoted():
    [message] = events(create(note(content=f"<p>RE: {POST}</p>")))

    assert message.text == f"RE: {POST}"


def test_a_poll_is_read_with_its_options_and_their_votes():
    before, after = said("mastodon_create_question"), said("mastodon_update_question_tallies")

    assert before.text == "@molino la vostra preferita?\n\n○ Moka · 12\n○ Espresso · 6"
    assert after.text.endswith("○ Moka · 14\n○ Espresso · 6")
    assert before.version != after.version


def test_votes_after_a_change_are_another_version_too():
    poll = {"type": "Question", "updated": "2026-10-02T09:00:00Z"}
    few, many = (
        events(create(note(**poll, oneOf=[{"name": "Moka", "replies": {"totalItems": votes}}])))[0] for votes in (1, 2)
    )

    assert few.version != many.version


@pytest.mark.parametrize(
    ("kind", "url", "attached"),
    [
        ("Image", "https://mastodon.example/a.jpg", "image"),
        ("Image", {"type": "Link", "href": "https://mastodon.example/a.jpg", "mediaType": "image/jpeg"}, "image"),
        ("Audio", [{"type": "Link", "href": "https://mastodon.example/p", "mediaType": "text/html"},
                   {"type": "Link", "href": "https://mastodon.example/a.mp3", "mediaType": "audio/mpeg"}], "file"),
        ("Video", [{"type": "Link", "href": "https://mastodon.example/a.mp4", "mediaType": "video/mp4"}], "video"),
    ],
)  # fmt: skip
def test_what_is_itself_a_picture_a_recording_or_a_film_comes_along(kind, url, attached):
    [message] = events(create(note(type=kind, name="Titolo", url=url)))

    assert message.text == "Titolo\n\nciao"
    assert [(each.kind, "/a." in each.url) for each in message.attachments] == [(attached, True)]


@pytest.mark.parametrize("name", ["mastodon_vote", "gotosocial_several_votes"])
def test_a_vote_is_not_a_message(name):
    assert events(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "mastodon_flag", "mastodon_block", "mastodon_add_pinned", "mastodon_accept_follow", "mastodon_quote_request",
        "lemmy_dislike", "lemmy_announce_like_of_another_server", "peertube_view", "peertube_cache_file", "snac_ping",
        "mobilizon_join", "peertube_announce_video",
    ],
)  # fmt: skip
def test_what_says_nothing_to_the_record_is_passed_over(name):
    assert events(name) == []


def test_a_group_passes_on_what_its_members_do():
    [page] = events("lemmy_announce_create_page")
    [liked] = events("lemmy_announce_like")

    assert page.text.startswith("Quale macinacaffè per la moka?\n\nVorrei spendere poco.")
    assert page.text.endswith("- manuale\n- elettrico")
    assert {each.kind for each in page.attachments} == {"link", "image"}
    assert (liked.kind, liked.target) == ("like", POST)
    assert events("lemmy_announce_undo_like") == [Unreacted(liked.native_id)]
    assert events("lemmy_announce_delete_comment") == [Vanished(said("lemmy_create_comment").native_id, "deleted")]
    assert events("nodebb_announce_create") == events("nodebb_create_article")


def test_a_reaction_with_an_emoji_is_a_like():
    assert {events(name)[0].kind for name in ("misskey_like_with_emoji", "pleroma_emoji_react")} == {"like"}


def test_a_film_has_its_title_its_words_and_the_size_that_is_not_too_large():
    [film] = events("peertube_create_video")

    assert film.text == (
        "Smontare una macchina per espresso\n\nCome la smonto io.\n\nRicambi: https://social.molino.example/@molino"
    )
    [attached] = film.attachments
    assert (attached.kind, attached.height, attached.url.endswith("/480.mp4")) == ("video", 480, True)
    assert events("peertube_video") == [film]


def test_an_article_has_a_title_and_no_warning_and_its_pictures_stand_beside_it():
    article = said("wordpress_create_article")

    assert article.text.startswith("Un mese di espresso\n\nHo provato la macchina di @molino@social.molino.example")
    assert "Com’è fatta" in article.text
    assert article.warning == ""
    assert [(each.kind, each.alt) for each in article.attachments] == [("image", "La macchina")]
    assert "&#038;" not in article.attachments[0].url


def test_lists_and_quotations_keep_their_marks():
    assert said("nodebb_create_article").text == (
        "Macchina fredda\n\nDa ieri la mia non scalda. Ho provato:\n\n1. a staccarla\n2. a riaccenderla\ndue volte\n\n"
        "> Avete provato con il vapore?"
    )


def test_an_event_says_when_and_where():
    assert said("mobilizon_create_event").text.endswith("2026-11-11 17:00 UTC – 2026-11-11 19:00 UTC\nBar Sport")


def test_what_hides_itself_without_a_word_stays_hidden():
    assert said("misskey_create_reply_hidden").warning == "…"


def test_a_profile_is_known_by_its_id_and_called_by_its_handle():
    [known] = events("mastodon_person")
    [renamed] = events("mastodon_update_person")
    [confirmed] = events("mastodon_person", fetched="actor", handle="carla@bottega.example")

    assert known.who.stable_id == renamed.who.stable_id == CARLA
    assert (known.who.handle, confirmed.who.handle) == ("carla@mastodon.example", "carla@bottega.example")
    assert (known.who.name, renamed.who.name) == ("Carla ☕", "Carla Bottega")
    assert known.who.description == "Caffè, biciclette e #riparare"
    assert known.who.url == "https://mastodon.example/@carla"
    assert known.who.avatar_url == "https://files.mastodon.example/accounts/avatars/109/original/carla.jpg"


def test_who_moves_says_where_to():
    assert events("mastodon_move") == [
        Known(Who("activitypub", CARLA), moved_to="https://altrove.example/users/carla")
    ]  # fmt: skip


def test_what_we_fetched_ourselves_is_said_to_nobody():
    [ancestor] = events(note(cc=[MOLINO]), fetched="object", root="https://mastodon.example/users/x/statuses/9")
    [delivered] = events(note(cc=[MOLINO]), fetched="object", delivered="1")

    assert (ancestor.addressed, ancestor.root) == (False, "https://mastodon.example/users/x/statuses/9")
    assert delivered.addressed


def test_our_own_words_are_ours():
    [message] = events(note(id=POST, attributedTo=MOLINO), fetched="object")

    assert (message.ours, message.addressed, message.kind) == (True, False, "post")


@pytest.mark.parametrize(
    "foreign",
    [
        create(note(id="https://altrove.example/notes/1")),
        create(note(attributedTo="https://mastodon.example/users/nina")),
        create(id="https://altrove.example/activities/1"),
        {"id": f"{CARLA}#d", "type": "Delete", "actor": CARLA, "object": POST},
        {"id": f"{CARLA}#u", "type": "Undo", "actor": CARLA, "object": "https://altrove.example/likes/1"},
        {"id": f"{CARLA}#u", "type": "Undo", "actor": CARLA,
         "object": {"type": "Like", "id": f"{CARLA}#l", "actor": f"{CARLA}2", "object": POST}},
        {"id": f"{CARLA}#u", "type": "Update", "actor": CARLA,
         "object": {"type": "Person", "id": "https://mastodon.example/users/nina", "inbox": "https://x.example/i"}},
        {"id": f"{CARLA}#m", "type": "Move", "actor": CARLA, "object": f"{CARLA}2", "target": CARLA},
        {"id": "https://lemmy.example/1", "type": "Announce", "actor": "https://lemmy.example/c/1",
         "object": create(note())},
        note(attributedTo="https://altrove.example/users/nina"),
    ],
)  # fmt: skip
def test_nobody_speaks_for_another(foreign):
    assert events(foreign) == []


@pytest.mark.parametrize("kind", ["Like", "Announce", "Follow"])
def test_a_reaction_without_an_id_is_the_same_when_it_comes_again_and_when_it_is_taken_back(kind):
    done = {"type": kind, "actor": CARLA, "object": MOLINO if kind == "Follow" else POST}
    [reacted] = events(done)

    assert events(done) == [reacted]
    assert events({"id": f"{CARLA}#u", "type": "Undo", "actor": CARLA, "object": done}) == [
        Unreacted(reacted.native_id)
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["Like", "Announce", "Follow"])
def test_reactions_to_others_are_none_of_our_business(kind):
    assert events({"id": f"{CARLA}#1", "type": kind, "actor": CARLA, "object": "https://x.example/1"}) == []


def test_the_language_is_the_one_whose_words_are_shown():
    both = {"en": "<p>hello</p>", "it": "<p>ciao</p>"}
    [spoken] = events(create(note(contentMap=both)))
    [mapped] = events(create({**note(contentMap={"de": "<p>hallo</p>"}), "content": None}))

    assert (spoken.text, spoken.language) == ("ciao", "it")
    assert (mapped.text, mapped.language) == ("hallo", "de")
    assert [events(create(note(language=each)))[0].language for each in ({"identifier": "fr"}, "und", 3)] == [
        "fr", "", "",
    ]  # fmt: skip


def test_a_page_of_ours_is_as_good_as_our_id():
    tag = {"type": "Mention", "href": "https://social.molino.example/@molino", "name": "@molino@social.molino.example"}
    [message] = events(create(note(tag=tag)))

    assert (message.kind, message.addressed) == ("mention", True)
