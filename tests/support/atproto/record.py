"""Records what the real servers answer: `python -m tests.support.atproto.record`.

tests/payloads/bluesky holds single arrivals, byte for byte; tests/payloads/bluesky_answers whole answers: what was
asked, the status, the headers that matter, the body as it came.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import httpx

from corale.adapters.bluesky.wire.slices import items
from tests.support.atproto.installation import REPOSITORY
from tests.support.atproto.network import Network, running
from tests.support.atproto.people import Somebody, eventually, mention

ANSWERS = REPOSITORY / "tests/payloads/bluesky_answers"
ARRIVALS = REPOSITORY / "tests/payloads/bluesky"
HEADERS = (
    "content-type",
    "retry-after",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "ratelimit-policy",
)


def main() -> None:
    """Everything, anew."""
    for folder in (ANSWERS, ARRIVALS):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as shared:
        _network(running(Path(shared), watch=os.getpid()))
        _limits(running(Path(shared), watch=os.getpid(), limits=True))


def keep(name: str, answer: httpx.Response) -> None:
    """One file."""
    kept = {
        "nsid": answer.request.url.path.removeprefix("/xrpc/"),
        "status": answer.status_code,
        "headers": {key: answer.headers[key] for key in HEADERS if key in answer.headers},
        "body": answer.text,
    }
    (ANSWERS / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def _network(network: Network) -> None:
    molino, carla, dario = (Somebody.on(network, name) for name in ("molino", "carla", "dario"))
    for somebody, name in ((molino, "Molino"), (carla, "Carla ☕"), (dario, "Dario")):
        somebody.profile(name)
    made = _conversation(molino, carla, dario)
    eventually(lambda: len(_listed(molino).json()["notifications"]) >= 11)
    keep("list_notifications", listed := _listed(molino))
    for number, body in enumerate(items(listed.content, "notifications"), start=1):
        (ARRIVALS / f"notification_{json.loads(body)['reason']}_{number}.json").write_bytes(body)
    keep("get_posts_one_deleted", posts := molino.ask("app.bsky.feed.getPosts", uris=list(made.values())))
    for name, body in zip(made, items(posts.content, "posts"), strict=False):
        (ARRIVALS / f"post_{name}.json").write_bytes(body)
    thread = {"uri": made["asked"], "depth": 0, "parentHeight": 40}
    keep("get_post_thread", molino.ask("app.bsky.feed.getPostThread", **thread))
    keep("search_posts", molino.ask("app.bsky.feed.searchPosts", q=f"@{molino.handle}", sort="latest"))
    keep("get_author_feed", molino.ask("app.bsky.feed.getAuthorFeed", actor=molino.did, limit=30))
    keep("get_profile", profile := molino.ask("app.bsky.actor.getProfile", actor=carla.did))
    (ARRIVALS / "profile.json").write_bytes(profile.content)
    keep("get_profiles", molino.ask("app.bsky.actor.getProfiles", actors=[carla.did, dario.did]))
    keep("get_profile_not_found", molino.ask("app.bsky.actor.getProfile", actor="did:plc:" + "a" * 24))
    record = {"repo": carla.did, "collection": "app.bsky.feed.post", "rkey": made["deleted"].rpartition("/")[2]}
    keep("get_record_deleted", molino.ask("com.atproto.repo.getRecord", **record))
    keep("create_session_wrong", _signing_in(molino, "sbagliata"))
    dario.sleeps()
    eventually(lambda: (found := _profile(molino, dario)).status_code != 200 and found)
    keep("get_profile_deactivated", _profile(molino, dario))


def _conversation(molino: Somebody, carla: Somebody, dario: Somebody) -> dict[str, str]:
    """A little of everything; the addresses of the posts."""
    ours = molino.says("Nuova macchina per il caffè ☕")
    mentioned = carla.mentions(molino, f"☕ perché @{molino.handle} non risponde? #caffè")
    broken = carla.replies(ours, "È rotta!")
    text = f"@{molino.handle} anche la mia, vedi https://example.org/guasto"
    asked = dario.replies(broken, text, root=ours, facets=[mention(text, molino)])
    quote = carla.quotes(ours, "Guardate qui")
    typed = carla.says(f"ciao @{molino.handle} senza facet")
    blob = carla.uploads(PIXEL, "image/png")
    images = {"$type": "app.bsky.embed.images", "images": [{"alt": "Una macchina rotta", "image": blob}]}
    photo = carla.replies(ours, "Foto", embed=images)
    card = {"uri": "https://example.org/guida", "title": "Guida", "description": "Come si pulisce"}
    linked = carla.replies(ours, "Leggete", embed={"$type": "app.bsky.embed.external", "external": card})
    both = {"record": {"$type": "app.bsky.embed.record", "record": ours}, "media": images}
    quoted_photo = carla.says("Cito con foto", embed={"$type": "app.bsky.embed.recordWithMedia", **both})
    deleted = carla.replies(ours, "Mi sono sbagliata")
    carla.likes(ours), carla.reposts(ours), carla.follows(molino), dario.likes(ours)
    carla.deletes(deleted)
    posts = {
        "ours": ours, "mentioned": mentioned, "broken": broken, "asked": asked, "quote": quote, "typed": typed,
        "photo": photo, "linked": linked, "quoted_photo": quoted_photo, "deleted": deleted,
    }  # fmt: skip
    return {name: each["uri"] for name, each in posts.items()}


def _limits(network: Network) -> None:
    somebody = Somebody.on(network, "molino")
    keep("create_session_in_time", _signing_in(somebody, "sbagliata"))
    while (answer := _signing_in(somebody, "sbagliata")).status_code != 429:
        pass
    keep("create_session_limited", answer)


def _listed(somebody: Somebody) -> httpx.Response:
    return somebody.ask("app.bsky.notification.listNotifications", limit=50)


def _profile(asking: Somebody, asked: Somebody) -> httpx.Response:
    return asking.ask("app.bsky.actor.getProfile", actor=asked.did)


def _signing_in(somebody: Somebody, password: str) -> httpx.Response:
    data: dict[str, Any] = {"identifier": somebody.handle, "password": password}
    return somebody.http.post("com.atproto.server.createSession", json=data)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)

if __name__ == "__main__":
    main()
