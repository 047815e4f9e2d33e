"""What somebody does on the network, and what we hear of it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from corale.channels.actions.keep import fresh_keys, keep
from corale.channels.contract import Known, Reacted, Said, Unreacted, Vanished
from corale.channels.keys import key_of
from tests.support.atproto.ears import Ear, checked, events
from tests.support.atproto.people import eventually, mention

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What is asked now and then is asked each time."""
    monkeypatch.setattr("corale.adapters.bluesky.listening.TYPED_EVERY", 0.0)
    monkeypatch.setattr("corale.adapters.bluesky.listening.OWN_EVERY", 0.0)


def test_a_mention_is_heard_with_its_words_as_they_came(molino, carla, connect):
    ear = Ear(connect(molino))
    carla.profile("Carla ☕")
    text = f"☕ perché @{molino.handle} non risponde?"
    made = carla.mentions(molino, text)

    said = ear.until(Said, native_id=made["uri"])

    assert (said.text, said.version, said.kind, said.addressed, said.language) == (
        text, made["cid"], "mention", True, "it",
    )  # fmt: skip
    assert said.author.stable_id == carla.did
    assert [said.text[each.start : each.end] for each in said.facets] == [f"@{molino.handle}"]


def test_a_reply_brings_the_posts_above_it(molino, carla, somebody, connect):
    dario = somebody("dario")
    first = dario.says("Qualcuno ha provato la nuova macchina?")
    between = carla.replies(first, "Io, ma si è rotta")
    text = f"Sentite @{molino.handle}"
    asked = dario.replies(between, text, root=first, facets=[mention(text, molino)])
    ear = Ear(connect(molino))

    said = ear.until(Said, native_id=asked["uri"])

    assert (said.parent, said.root, said.addressed) == (between["uri"], first["uri"], True)
    assert ear.until(Said, native_id=first["uri"]).text == "Qualcuno ha provato la nuova macchina?"
    assert ear.until(Said, native_id=between["uri"]).parent == first["uri"]


def test_quotes_likes_reposts_and_follows_are_interactions(molino, carla, connect):
    ear = Ear(connect(molino))
    ours = molino.says("Nuova macchina ☕")
    quote, like = carla.quotes(ours, "Guardate"), carla.likes(ours)
    repost, follow = carla.reposts(ours), carla.follows(molino)

    for made, kind, target in (
        (quote, "quote", ours["uri"]),
        (like, "like", ours["uri"]),
        (repost, "repost", ours["uri"]),
        (follow, "follow", molino.did),
    ):
        heard = ear.until(Reacted, native_id=made["uri"])
        assert (heard.kind, heard.target, heard.actor.stable_id) == (kind, target, carla.did)
    said = ear.until(Said, native_id=quote["uri"])
    assert (said.kind, said.quotes, said.addressed) == ("quote", ours["uri"], True)
    assert ear.until(Said, native_id=ours["uri"]).ours


def test_a_like_taken_back_is_noticed(molino, carla, connect):
    connection = connect(molino)
    ours = molino.says("Nuova macchina")
    like, follow = carla.likes(ours), carla.follows(molino)
    Ear(connection).until(Reacted, native_id=like["uri"])
    carla.deletes(like)

    undone = eventually(lambda: checked(connection, like["uri"], follow["uri"]))

    assert undone == [Unreacted(like["uri"])]


def test_pictures_and_cards_come_with_their_words(molino, carla, connect):
    ours = molino.says("Com'è la vostra?")
    blob = carla.uploads(_png(), "image/png")
    images = [{"alt": "Una macchina rotta", "image": blob, "aspectRatio": {"width": 40, "height": 30}}]
    photo = carla.replies(ours, "Così", embed={"$type": "app.bsky.embed.images", "images": images})
    external = {"uri": "https://example.org/guida", "title": "Guida", "description": "Come si pulisce"}
    card = carla.replies(ours, "Leggete", embed={"$type": "app.bsky.embed.external", "external": external})
    ear = Ear(connect(molino))

    [image] = ear.until(Said, native_id=photo["uri"]).attachments
    [link] = ear.until(Said, native_id=card["uri"]).attachments

    assert (image.kind, image.alt, image.width, image.mime) == ("image", "Una macchina rotta", 40, "image/png")
    assert image.url.startswith("http") and image.native_id == blob["ref"]["$link"]
    assert (link.kind, link.url, link.title) == ("link", "https://example.org/guida", "Guida")


def test_read_or_not_by_others_every_notification_comes(molino, carla, connect):
    """Trap 1: `isRead` cannot be trusted."""
    ours = molino.says("Nuova macchina")
    made = [carla.replies(ours, f"Domanda {number}") for number in range(6)]
    eventually(lambda: _listed(molino) >= 6)
    molino.post_to("app.bsky.notification.updateSeen", seenAt="2100-01-01T00:00:00.000Z")
    ear = Ear(connect(molino))

    assert {ear.until(Said, native_id=each["uri"]).native_id for each in made} == {each["uri"] for each in made}


def test_a_mention_without_a_facet_is_found_by_search_only(molino, carla, connect):
    """Trap 2: nobody is notified of a handle typed by hand."""
    connection = connect(molino)
    typed = carla.says(f"Ehi @{molino.handle}, ci siete?")
    marked = carla.mentions(molino, f"Allora @{molino.handle}?")

    found = Ear(connection, "typed").until(Said, native_id=typed["uri"])
    notified = Ear(connection)
    notified.until(Said, native_id=marked["uri"])

    assert (found.kind, found.addressed) == ("mention", True)
    assert not [key for key in notified.keys if typed["uri"] in key]


def test_a_handle_is_not_an_identity(molino, carla, connect):
    """Trap 5: the same notification shows the new handle."""
    connection = connect(molino)
    ear = Ear(connection)
    made = carla.mentions(molino, f"@{molino.handle} eccomi")
    before = ear.until(Said, native_id=made["uri"]).author
    handle = carla.renames("carlotta")

    after = ear.until(Said, native_id=made["uri"], author=_renamed(before, handle)).author

    assert (after.stable_id, after.handle) == (before.stable_id, handle)
    assert [known.who.handle for known in checked(connection, carla.did) if isinstance(known, Known)] == [handle]


def test_a_sleeping_account_is_not_reachable_and_not_erased(molino, carla, connect):
    """Trap 6: deactivated, its posts vanish; they come back when it does."""
    connection = connect(molino)
    made = carla.mentions(molino, f"@{molino.handle} eccomi")
    Ear(connection).until(Said, native_id=made["uri"])
    carla.sleeps()

    asleep = _told(connection, [Vanished(made["uri"], "unreachable")], made["uri"], carla.did)
    carla.wakes()
    awake = _told(connection, [made["uri"]], made["uri"], carla.did)
    carla.sleeps()
    again = _told(connection, [Vanished(made["uri"], "unreachable")], made["uri"])

    assert [each.reachable for each in asleep if isinstance(each, Known)][-1] is False
    assert {each.reachable for each in awake if isinstance(each, Known)} == {True}
    assert Vanished(made["uri"], "deleted") not in [*asleep, *awake, *again]


def test_a_deletion_is_noticed_by_absence(molino, carla, connect):
    """Trap 7: nobody says that a post was deleted."""
    connection = connect(molino)
    made = carla.mentions(molino, f"@{molino.handle} mi sono sbagliata")
    Ear(connection).until(Said, native_id=made["uri"])
    carla.deletes(made)

    gone = eventually(lambda: _gone(checked(connection, made["uri"])))

    assert gone == [Vanished(made["uri"], "deleted")]


def test_an_edit_is_a_new_version_under_the_same_address(molino, carla, connect):
    """Trap 8: the version is the cid."""
    connection = connect(molino)
    text = f"@{molino.handle} si accende la spia rosa"
    made = carla.mentions(molino, text)
    Ear(connection).until(Said, native_id=made["uri"])
    better = text.replace("rosa", "rossa")
    edited = carla.edits(made, better, facets=[mention(better, molino)])

    said = eventually(
        lambda: [each for each in checked(connection, made["uri"]) if getattr(each, "version", "") == edited["cid"]]
    )

    assert (said[0].native_id, said[0].text) == (made["uri"], better)
    assert edited["cid"] != made["cid"]


def test_a_slow_clock_does_not_hide_a_message(molino, carla, connect):
    """Notifications are sorted by the writer's clock: a new one may stand below what was read already."""
    ear = Ear(connect(molino))
    made = carla.mentions(molino, f"@{molino.handle} in orario")
    ear.until(Said, native_id=made["uri"])
    slow = (datetime.now(UTC) - timedelta(minutes=8)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    text = f"@{molino.handle} in ritardo"
    late = carla.says(text, facets=[mention(text, molino)], createdAt=slow)

    assert ear.until(Said, native_id=late["uri"]).text == text
    assert len(ear.keys) == len(set(ear.keys))


def test_many_notifications_come_all_and_each_once(molino, carla, connect, monkeypatch):
    monkeypatch.setattr("corale.adapters.bluesky.notifications.PAGE", 7)
    monkeypatch.setattr("corale.adapters.bluesky.notifications.PAGES", 2)
    ours = molino.says("Domande?")
    writes = [
        {"$type": "com.atproto.repo.applyWrites#create", "collection": "app.bsky.feed.post",
         "value": {"$type": "app.bsky.feed.post", "text": f"Domanda {number}", "reply": {"root": ours, "parent": ours},
                   "createdAt": f"{datetime.now(UTC) - timedelta(seconds=60 - number):%Y-%m-%dT%H:%M:%S}.000Z"}}
        for number in range(40)
    ]  # fmt: skip
    carla.post_to("com.atproto.repo.applyWrites", repo=carla.did, writes=writes)
    # A view under load may drop one of forty in one commit: what it lists in the end is what there is to hear.
    eventually(lambda: _listed(molino) >= 30)
    ear = Ear(connect(molino))

    eventually(lambda: (ear.listen(), len(set(notified(ear))) == _listed(molino))[1])

    assert len(notified(ear)) == len(set(notified(ear))) >= 30


def notified(ear):
    """The notifications that were heard."""
    return [key for key in ear.keys if key.startswith("n|")]


def test_what_others_answer_to_each_other_in_our_thread_is_found(molino, carla, somebody, connect):
    """Of an answer to somebody else in our thread nobody notifies us."""
    connection = connect(molino)
    dario = somebody("dario")
    ours = molino.says("Come vi trovate?")
    first = carla.replies(ours, "Bene")
    second = dario.replies(first, "Anch'io", root=ours)

    found = eventually(
        lambda: [each for each in checked(connection, first["uri"]) if getattr(each, "native_id", "") == second["uri"]]
    )

    assert (found[0].parent, found[0].root, found[0].addressed) == (first["uri"], ours["uri"], False)


def test_what_our_account_says_elsewhere_is_heard(molino, connect):
    connection = connect(molino)
    ours = molino.says("Scritto dal telefono")

    said = Ear(connection, "own").until(Said, native_id=ours["uri"])

    assert said.ours and not said.addressed


def _renamed(who, handle):
    return replace(who, handle=handle, url=f"https://bsky.app/profile/{handle}")


def _told(connection, wanted, *native_ids):
    """What is new of them, kept as the product keeps it, until what is wanted has come: an event or a message."""
    told = []

    def came():
        raws = connection.adapter.recheck(connection, native_ids)
        fresh = fresh_keys(connection, raws)
        keep(connection, raws)
        told.extend(events(connection, [raw for raw in raws if key_of(raw.key) in fresh]))
        return all(each in [*told, *(getattr(one, "native_id", "") for one in told if isinstance(one, Said))]
                   for each in wanted)  # fmt: skip

    eventually(came)
    return told


def _gone(found):
    return found if any(isinstance(each, Vanished) for each in found) else None


def _listed(somebody):
    return len(somebody.ask("app.bsky.notification.listNotifications", limit=100).json()["notifications"])


def _png():
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(target, "PNG")
    return target.getvalue()
