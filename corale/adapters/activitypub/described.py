"""What the document of somebody elsewhere says, as far as we use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from corale.adapters.activitypub.fetching import Found
from corale.adapters.activitypub.hosts import host_of
from corale.adapters.activitypub.signing import PublicKey
from corale.channels.errors import Malformed
from corale.channels.text import plain

KINDS = frozenset({"Person", "Service", "Application", "Group", "Organization"})
MAX_BYTES, MAX_KEYS, LONGEST = 128 * 1024, 5, 500
SHOWN = ("preferredUsername", "name", "summary", "icon", "image", "url", "attachment", "type", "movedTo")


@dataclass(frozen=True, slots=True)
class Described:
    """Somebody, as their server describes them. `handle` is what their own server says, and nobody else's."""

    uri: str
    kind: str
    handle: str
    name: str
    inbox: str
    shared_inbox: str
    followers_uri: str
    also_known_as: list[str]
    moved_to: str
    keys: tuple[PublicKey, ...]
    key_ids: frozenset[str]
    document: dict[str, Any]
    body: bytes

    def key(self, key_id: str) -> PublicKey | None:
        """The key with this id. BookWyrm writes a slash before the #, and not everywhere."""
        same = (each for each in self.keys if each.key_id.replace("/#", "#") == key_id.replace("/#", "#"))
        return next((PublicKey(key_id, each.actor_uri, each.pem) for each in same), None)

    @property
    def version(self) -> str:
        """The same as long as what people see of them is."""
        shown = repr([self.document.get(name) for name in SHOWN])
        return blake2b(shown.encode("utf-8", "replace"), digest_size=8).hexdigest()


def described(found: Found) -> Described:
    """Errors: Malformed, for what is nobody or has no inbox."""
    document = _keepable(found.document)
    kind = next((each for each in _each(document.get("type")) if isinstance(each, str) and each in KINDS), "")
    uri, inbox = found.uri, address(document.get("inbox"))
    if not kind or not inbox or len(uri) > LONGEST or len(found.body) > MAX_BYTES:
        raise Malformed(f"nobody to talk to at {uri[:200]}")
    endpoints = document.get("endpoints")
    said = [each for each in _each(document.get("publicKey"))[:MAX_KEYS] if isinstance(each, dict | str)]
    return Described(
        uri=uri,
        kind=kind,
        handle=_handle(document, uri),
        name=_text(document.get("name"))[:200],
        inbox=inbox,
        shared_inbox=address(endpoints.get("sharedInbox") if isinstance(endpoints, dict) else ""),
        followers_uri=address(document.get("followers")),
        also_known_as=[each for each in map(address, _each(document.get("alsoKnownAs"))[:20]) if each],
        moved_to=address(document.get("movedTo")),
        keys=tuple(_keys(said, uri)),
        key_ids=frozenset(str(each.get("id") if isinstance(each, dict) else each) for each in said),
        document=document,
        body=found.body,
    )


def _keys(said: list[Any], uri: str) -> Iterator[PublicKey]:
    """Those with a PEM, on the same server, that say they are theirs. Multikeys stand elsewhere and are not read."""
    for each in said:
        if isinstance(each, dict):
            key_id, pem, owner = address(each.get("id")), each.get("publicKeyPem"), address(each.get("owner")) or uri
            if key_id and isinstance(pem, str) and owner == uri and host_of(key_id) == host_of(uri):
                yield PublicKey(key_id, uri, pem[:10_000])


def address(value: Any) -> str:
    """An address, or the id of what was written out; "" for anything else, and for what is too long to keep."""
    if isinstance(value, dict):
        value = value.get("id")
    return value if isinstance(value, str) and len(value) <= LONGEST and host_of(value) else ""


def _handle(document: dict[str, Any], uri: str) -> str:
    name = _text(document.get("preferredUsername")).removeprefix("@")
    return f"{name}@{host_of(uri)}"[:300] if name else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _each(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _keepable(value: Any) -> Any:
    """As every database can keep it."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(name): _keepable(each) for name, each in value.items()}
    return [_keepable(each) for each in value] if isinstance(value, list) else value
