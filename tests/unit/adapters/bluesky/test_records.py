"""Our words as their records."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from corale.adapters.bluesky.wire.records import Picture, record
from corale.channels.contract import Outgoing, Ref, Upload

WHEN = datetime(2026, 11, 20, 10, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))
THEIRS = Ref("at://did:plc:carla/app.bsky.feed.post/3kaaaaaaaaaaa", "cid-theirs")
FIRST = Ref("at://did:plc:dario/app.bsky.feed.post/3kaaaaaaaaaab", "cid-first")


def nobody(handle):
    return None


def test_a_reply_names_parent_and_root_in_their_versions():
    made = record(Outgoing("reply", "3k", WHEN, "Sì", "it", parent=THEIRS, root=FIRST), resolve=nobody)

    assert made == {
        "$type": "app.bsky.feed.post",
        "createdAt": "2026-11-20T09:30:15.123Z",
        "text": "Sì",
        "langs": ["it"],
        "reply": {
            "root": {"uri": FIRST.native_id, "cid": "cid-first"},
            "parent": {"uri": THEIRS.native_id, "cid": "cid-theirs"},
        },
    }


def test_a_quote_with_pictures_holds_both():
    pictures = [Picture({"$type": "blob"}, Upload("a.png", "image/png", "Una macchina", 40, 30))]
    made = record(Outgoing("quote", "3k", WHEN, "Ecco", target=THEIRS), resolve=nobody, pictures=pictures)

    assert made["embed"]["$type"] == "app.bsky.embed.recordWithMedia"
    assert made["embed"]["record"]["record"]["cid"] == "cid-theirs"
    assert made["embed"]["media"]["images"] == [
        {"alt": "Una macchina", "image": {"$type": "blob"}, "aspectRatio": {"width": 40, "height": 30}}
    ]


def test_a_like_names_a_version_and_a_follow_a_person():
    like = record(Outgoing("like", "3k", WHEN, target=THEIRS), resolve=nobody)
    follow = record(Outgoing("follow", "3k", WHEN, target=Ref("did:plc:carla")), resolve=nobody)

    assert like["subject"] == {"uri": THEIRS.native_id, "cid": "cid-theirs"}
    assert follow["subject"] == "did:plc:carla"


def test_the_same_outgoing_makes_the_same_record():
    outgoing = Outgoing("post", "3k", WHEN, "Ciao @molino.test, vedi https://example.org #caffè")

    assert record(outgoing, resolve=lambda handle: "did:plc:m") == record(outgoing, resolve=lambda handle: "did:plc:m")
