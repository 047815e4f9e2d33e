"""What we say, and what stands on the network then."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import httpx
import pytest
from PIL import Image

from corale.channels.contract import Outgoing, Ref, Said, Upload
from corale.channels.errors import Refused
from tests.support.atproto.ears import Ear, checked
from tests.support.atproto.people import eventually

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
WHEN = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
FAMILY = "👨‍👩‍👧‍👦"


def test_an_answer_stands_in_the_right_place_of_the_thread(molino, carla, connect):
    connection = connect(molino)
    asked = carla.mentions(molino, f"@{molino.handle} quanto costa?")
    more = carla.replies(asked, "E la consegna?")
    outgoing = _outgoing(connection, text="Costa 20 €.", parent=Ref(more["uri"]), language="it")

    sent = connection.adapter.send(connection, outgoing)

    record = _record(carla, sent.native_id)
    assert record["reply"] == {"root": asked, "parent": more}
    assert (record["text"], record["langs"], record["createdAt"]) == ("Costa 20 €.", ["it"], "2026-11-20T09:30:15.123Z")
    assert sent.native_id == outgoing.outside_id
    assert sent.url == f"https://bsky.app/profile/{molino.handle}/post/{outgoing.outside_id.rpartition('/')[2]}"
    assert abs((sent.at - datetime.now(UTC)).total_seconds()) < 60


def test_a_mention_after_a_coffee_cup_notifies(molino, carla, connect):
    """Trap 2: facets count bytes of UTF-8."""
    connection = connect(molino)
    text = f"☕ È pronto, @{carla.handle}! Vedi https://example.org/caffè e #caffèbuono"
    sent = connection.adapter.send(connection, _outgoing(connection, kind="post", text=text))

    notified = eventually(lambda: [each for each in _notifications(carla) if each["uri"] == sent.native_id])

    assert notified[0]["reason"] == "mention"
    written = text.encode()
    facets = _record(carla, sent.native_id)["facets"]
    shown = [written[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode() for each in facets]
    assert shown == [f"@{carla.handle}", "https://example.org/caffè", "#caffèbuono"]
    features = [each["features"][0] for each in facets]
    assert features[0]["did"] == carla.did
    assert (features[1]["uri"], features[2]["tag"]) == ("https://example.org/caffè", "caffèbuono")


def test_a_handle_that_nobody_has_stays_text(molino, connect):
    connection = connect(molino)
    sent = connection.adapter.send(connection, _outgoing(connection, kind="post", text="Ciao @nessuno-mai.test"))

    assert "facets" not in _record(molino, sent.native_id)


def test_saying_it_again_is_saying_it_once(molino, connect):
    """Trap 3: the server fails at a second `createRecord` under one key, so we do not use it."""
    connection = connect(molino)
    outgoing = _outgoing(connection, kind="post", text="Una volta sola")
    first = connection.adapter.send(connection, outgoing)

    again = connection.adapter.send(connection, outgoing)

    record = {"$type": "app.bsky.feed.post", "text": "Una volta sola", "createdAt": "2026-11-20T09:30:15.123Z"}
    rkey = outgoing.outside_id.rpartition("/")[2]
    twice = molino.http.post(
        "com.atproto.repo.createRecord",
        json={"repo": molino.did, "collection": "app.bsky.feed.post", "rkey": rkey, "record": record},
        headers={"Authorization": f"Bearer {molino.jwt}"},
    )
    assert twice.status_code == 500
    assert (again.native_id, again.version) == (first.native_id, first.version)
    assert len(_records(molino, "app.bsky.feed.post")) == 1


def test_after_a_crash_one_can_look_whether_it_stands(molino, connect):
    connection = connect(molino)
    outgoing = _outgoing(connection, kind="post", text="Arrivato?")

    before = connection.adapter.look(connection, outgoing)
    sent = connection.adapter.send(connection, outgoing)
    after = connection.adapter.look(connection, outgoing)

    assert before is None
    assert after is not None and (after.native_id, after.version) == (sent.native_id, sent.version)


def test_three_hundred_graphemes_pass_and_one_more_is_refused(molino, connect):
    """Trap 4: the limit counts graphemes, and we count as the server does."""
    connection = connect(molino)
    fits, too_long = FAMILY * 60 + "è" * 240, "è" * 301
    sent = connection.adapter.send(connection, _outgoing(connection, kind="post", text=fits))

    with pytest.raises(Refused) as refused:
        connection.adapter.send(connection, _outgoing(connection, kind="post", text=too_long))

    theirs = molino.http.post(
        "com.atproto.repo.createRecord",
        json={"repo": molino.did, "collection": "app.bsky.feed.post",
              "record": {"$type": "app.bsky.feed.post", "text": too_long, "createdAt": "2026-11-20T09:30:15.123Z"}},
        headers={"Authorization": f"Bearer {molino.jwt}"},
    )  # fmt: skip
    assert _record(molino, sent.native_id)["text"] == fits
    assert connection.adapter.measure(fits) == 300
    assert theirs.status_code == 400 and "grapheme" in theirs.text
    assert refused.value.advice


def test_a_long_answer_becomes_a_thread(molino, carla, connect):
    connection = connect(molino)
    asked = carla.mentions(molino, f"@{molino.handle} come si pulisce?")
    parts = connection.adapter.split("Si pulisce così. " * 40)
    root, parent = Ref(asked["uri"], asked["cid"]), Ref(asked["uri"], asked["cid"])
    sent = []
    for part in parts:
        outgoing = _outgoing(connection, text=part, parent=parent, root=root)
        sent.append(connection.adapter.send(connection, outgoing))
        parent = Ref(sent[-1].native_id, sent[-1].version)

    records = [_record(carla, each.native_id) for each in sent]

    assert len(parts) == 3
    assert [each["reply"]["root"]["uri"] for each in records] == [asked["uri"]] * 3
    assert [each["reply"]["parent"]["uri"] for each in records] == [
        asked["uri"], sent[0].native_id, sent[1].native_id,
    ]  # fmt: skip


def test_a_picture_goes_with_its_words_and_without_its_place(molino, connect, tmp_path):
    connection = connect(molino)
    upload = Upload(str(_photo(tmp_path / "foto.jpg")), "image/jpeg", alt="La macchina, vista da sopra")
    sent = connection.adapter.send(connection, _outgoing(connection, kind="post", text="Eccola", uploads=(upload,)))

    image = _record(molino, sent.native_id)["embed"]["images"][0]
    blob = molino.ask("com.atproto.sync.getBlob", did=molino.did, cid=image["image"]["ref"]["$link"]).content

    assert image["alt"] == "La macchina, vista da sopra"
    assert image["aspectRatio"] == {"width": 30, "height": 40}  # upright, as it was held
    assert not Image.open(io.BytesIO(blob)).getexif()
    assert b"Canon" not in blob


def test_a_picture_too_large_for_the_server_is_made_smaller(molino, connect, tmp_path):
    """Trap 4: six megabytes are answered with 413."""
    connection = connect(molino)
    path = tmp_path / "grande.bmp"
    Image.effect_noise((2600, 2400), 90).convert("RGB").save(path)
    refused = molino.http.post(
        "com.atproto.repo.uploadBlob",
        content=path.read_bytes(),
        headers={"Authorization": f"Bearer {molino.jwt}", "Content-Type": "image/bmp"},
    )
    upload = Upload(str(path), "image/bmp", alt="Rumore")

    sent = connection.adapter.send(connection, _outgoing(connection, kind="post", text="Ecco", uploads=(upload,)))

    image = _record(molino, sent.native_id)["embed"]["images"][0]["image"]
    assert refused.status_code == 413
    assert image["size"] < 2_000_000 and image["mimeType"] == "image/jpeg"


def test_a_quote_with_a_picture(molino, carla, connect, tmp_path):
    connection = connect(molino)
    theirs = carla.says("La amo")
    upload = Upload(str(_photo(tmp_path / "foto.jpg")), "image/jpeg", alt="Anche noi")
    target = eventually(lambda: checked(connection, theirs["uri"]))[0]
    outgoing = _outgoing(connection, kind="quote", text="Grazie!", target=Ref(target.native_id), uploads=(upload,))

    sent = connection.adapter.send(connection, outgoing)

    embed = _record(carla, sent.native_id)["embed"]
    assert embed["record"]["record"] == theirs
    assert embed["media"]["images"][0]["alt"] == "Anche noi"
    assert eventually(lambda: [each for each in _notifications(carla) if each["reason"] == "quote"])


def test_likes_reposts_and_follows_are_made_and_taken_back(molino, carla, connect):
    connection = connect(molino)
    adapter = connection.adapter
    theirs = carla.says("La amo")
    target = Ref(theirs["uri"], theirs["cid"])
    made = [
        adapter.send(connection, _outgoing(connection, kind="like", target=target)),
        adapter.send(connection, _outgoing(connection, kind="repost", target=target)),
        adapter.send(connection, _outgoing(connection, kind="follow", target=Ref(carla.did))),
    ]
    reasons = eventually(lambda: len(found := {each["reason"] for each in _notifications(carla)}) == 3 and found)
    undo = _outgoing(connection, kind="unlike", target=Ref(made[0].native_id))

    before = adapter.look(connection, undo)
    adapter.send(connection, undo)
    adapter.send(connection, undo)

    assert reasons == {"like", "repost", "follow"}
    assert before is None and adapter.look(connection, undo) is not None
    assert _records(molino, "app.bsky.feed.like") == []


def test_what_we_said_can_be_deleted_and_what_others_said_cannot(molino, carla, connect):
    connection = connect(molino)
    theirs = carla.says("La amo")
    sent = connection.adapter.send(connection, _outgoing(connection, kind="post", text="Ops"))

    connection.adapter.send(connection, _outgoing(connection, kind="delete", target=Ref(sent.native_id)))

    assert _records(molino, "app.bsky.feed.post") == []
    with pytest.raises(Refused):
        connection.adapter.send(connection, _outgoing(connection, kind="delete", target=Ref(theirs["uri"])))


def test_an_answer_to_what_was_deleted_is_refused_with_a_reason(molino, carla, connect):
    connection = connect(molino)
    asked = carla.mentions(molino, f"@{molino.handle} anzi no")
    Ear(connection).until(Said, native_id=asked["uri"])
    carla.deletes(asked)
    eventually(lambda: not _posts(molino, asked["uri"]))

    with pytest.raises(Refused) as refused:
        connection.adapter.send(connection, _outgoing(connection, text="Dica", parent=Ref(asked["uri"], asked["cid"])))

    assert "does not stand there" in refused.value.advice


def test_an_answer_to_somebody_who_blocked_us_is_refused_with_a_reason(molino, carla, connect):
    connection = connect(molino)
    asked = carla.mentions(molino, f"@{molino.handle} basta")
    eventually(lambda: _posts(molino, asked["uri"]))
    carla.create("app.bsky.graph.block", {"subject": molino.did})
    outgoing = _outgoing(connection, text="Peccato", parent=Ref(asked["uri"], asked["cid"]))
    eventually(
        lambda: molino.ask("app.bsky.actor.getProfile", actor=carla.did).json().get("viewer", {}).get("blockedBy")
    )

    with pytest.raises(Refused) as refused:
        connection.adapter.send(connection, outgoing)

    assert "blocked" in refused.value.advice


def _outgoing(connection, **more):
    adapter = connection.adapter
    kind = more.pop("kind", "reply")
    return Outgoing(kind, adapter.choose_id(connection, kind), WHEN, **more)


def _record(somebody, uri):
    _, _, repo, collection, rkey = uri.split("/")
    return somebody.ask("com.atproto.repo.getRecord", repo=repo, collection=collection, rkey=rkey).json()["value"]


def _records(somebody, collection):
    return somebody.ask("com.atproto.repo.listRecords", repo=somebody.did, collection=collection).json()["records"]


def _notifications(somebody):
    answer: httpx.Response = somebody.ask("app.bsky.notification.listNotifications", limit=50)
    return answer.json()["notifications"]


def _posts(somebody, uri):
    return somebody.ask("app.bsky.feed.getPosts", uris=uri).json()["posts"]


def _photo(path):
    exif = Image.Exif()
    exif[0x010F] = "Canon"
    exif[0x0112] = 6
    Image.new("RGB", (40, 30), "red").save(path, "JPEG", exif=exif)
    return path
