"""Saying things: under a record key chosen before, so that saying it again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from corale.adapters.bluesky import pictures
from corale.adapters.bluesky.checking import ASLEEP, get_record
from corale.adapters.bluesky.client import Account
from corale.adapters.bluesky.looking import Us
from corale.adapters.bluesky.wire import addresses, lengths, tid
from corale.adapters.bluesky.wire.fields import mapping, mappings, text
from corale.adapters.bluesky.wire.records import COLLECTIONS, Picture, record
from corale.channels.contract import Outgoing, Ref, Sent, Upload
from corale.channels.errors import Refused

IMAGES = 4
ALT = 2000
TAKING_BACK = frozenset({"delete", "unlike"})
GONE = _("What you answer does not stand there any more.")


def send(account: Account, us: Us, outgoing: Outgoing) -> Sent:
    """Says it. With `putRecord`: a second `createRecord` under the same key is an error of the server."""
    if outgoing.kind in TAKING_BACK:
        return _take_back(account, us, outgoing)
    _fits(outgoing)
    complete = _complete(account, us, outgoing)
    taken = [_upload(account, each) for each in outgoing.uploads]
    names: dict[str, str | None] = {}

    def resolve(handle: str) -> str | None:
        if handle not in names:
            names[handle] = _resolved(account, handle)
        return names[handle]

    at = _place(us, outgoing)
    asked = {"repo": at.repo, "collection": at.collection, "rkey": at.rkey}
    answer = account.post(
        "com.atproto.repo.putRecord", asked | {"record": record(complete, resolve=resolve, pictures=taken)}
    ).opened
    uri = text(answer.get("uri"))
    taken_in = _committed(text(mapping(answer.get("commit")).get("rev")))
    return Sent(uri, text(answer.get("cid")), taken_in, url=addresses.post_page(uri, us.handle))


def look(account: Account, us: Us, outgoing: Outgoing) -> Sent | None:
    """Does it stand there? Of something taken back: is it gone?"""
    if outgoing.kind in TAKING_BACK:
        assert outgoing.target
        is_gone = get_record(account, outgoing.target.native_id).problem[0] == "RecordNotFound"
        return Sent(outgoing.target.native_id, "", datetime.now(UTC)) if is_gone else None
    uri = str(_place(us, outgoing))
    answer = get_record(account, uri)
    if not answer.is_ok:
        return None
    return Sent(uri, text(answer.opened.get("cid")), outgoing.created_at, url=addresses.post_page(uri, us.handle))


def _place(us: Us, outgoing: Outgoing) -> addresses.Address:
    """Where it will stand: the address chosen before, or a record key in our own repository."""
    rkey = outgoing.outside_id.rpartition("/")[2]
    return addresses.Address(us.did, COLLECTIONS[outgoing.kind], rkey)


def _take_back(account: Account, us: Us, outgoing: Outgoing) -> Sent:
    assert outgoing.target
    at = addresses.parse(outgoing.target.native_id)
    if at.repo != us.did:
        raise Refused("not ours to delete", advice=_("Only what this account has said can be deleted."))
    asked = {"repo": at.repo, "collection": at.collection, "rkey": at.rkey}
    account.post("com.atproto.repo.deleteRecord", asked)
    return Sent(outgoing.target.native_id, "", datetime.now(UTC))


def _fits(outgoing: Outgoing) -> None:
    if not lengths.fits(outgoing.text):
        raise Refused("text too long", advice=_("At most 300 letters fit in one post."))
    if len(outgoing.uploads) > IMAGES:
        raise Refused("too many pictures", advice=_("At most four pictures fit in one post."))
    if any(lengths.measure(each.alt) > ALT for each in outgoing.uploads):
        raise Refused("alternative text too long", advice=_("A description of a picture has at most 2000 letters."))


def _complete(account: Account, us: Us, outgoing: Outgoing) -> Outgoing:
    """References name the version too, and a reply the beginning of its thread."""
    parent, root, target = outgoing.parent, outgoing.root, outgoing.target
    if parent:
        found = _found(account, us, parent)
        first = mapping(mapping(mapping(found.get("record")).get("reply")).get("root"))
        started = Ref(text(first.get("uri")), text(first.get("cid"))) if first else None
        parent = Ref(parent.native_id, parent.version or text(found.get("cid")))
        root = started or (root if root and root.version else None) or parent
    if target and outgoing.kind != "follow" and not target.version:
        target = Ref(target.native_id, text(_found(account, us, target).get("cid")))
    return replace(outgoing, parent=parent, root=root, target=target)


def _found(account: Account, us: Us, ref: Ref) -> dict[str, Any]:
    """The post that an answer rests on. Refused when nobody would see the answer there."""
    ours = addresses.owner(ref.native_id) == us.did
    view = [] if ours else mappings(account.get("app.bsky.feed.getPosts", uris=[ref.native_id]).opened.get("posts"))
    if view:
        _welcome(mapping(view[0].get("author")), closed=bool(mapping(view[0].get("viewer")).get("replyDisabled")))
        return dict(view[0])
    if not ours:  # gone, or too young to be seen in the view
        profile = account.get("app.bsky.actor.getProfile", accept=ASLEEP, actor=addresses.owner(ref.native_id))
        if profile.problem[0] in {"AccountDeactivated", "AccountTakedown"}:
            raise Refused(profile.problem[1], advice=_("This person's account cannot be reached at present."))
        _welcome(profile.opened)
    answer = get_record(account, ref.native_id)
    if not answer.is_ok:
        raise Refused(f"{ref.native_id} is not there", advice=GONE)
    return {"cid": answer.opened.get("cid"), "record": answer.opened.get("value")}


def _welcome(author: Mapping[str, Any], *, closed: bool = False) -> None:
    """Refused where the network would take an answer and show it to nobody."""
    if mapping(author.get("viewer")).get("blockedBy"):
        raise Refused("blocked", advice=_("This person has blocked our account."))
    if closed:
        raise Refused("replies are closed", advice=_("Whoever wrote this has closed it to answers."))


def _upload(account: Account, upload: Upload) -> Picture:
    content, mime, width, height = pictures.bare(Path(upload.path))
    answer = account.upload("com.atproto.repo.uploadBlob", content, mime)
    return Picture(dict(mapping(answer.opened.get("blob"))), replace(upload, width=width, height=height))


def _resolved(account: Account, handle: str) -> str | None:
    answer = account.get(
        "com.atproto.identity.resolveHandle", accept=("HandleNotFound", "InvalidRequest"), handle=handle
    )  # fmt: skip
    did = text(answer.opened.get("did")) if answer.is_ok else ""
    return did if addresses.is_did(did) else None


def _committed(revision: str) -> datetime:
    """When the server took it in: its revision is a moment."""
    try:
        return datetime.fromtimestamp(tid.decode(revision)[0] / 1_000_000, UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)
