"""Other people's JSON-LD as plain things: one shape for the many in which they write the same.

Not with a JSON-LD processor. That would need their contexts, which are addresses to fetch: a stranger's document would
choose whom we ask and what its own words mean, and a context that cannot be reached would make a readable message
unreadable (ActivityStreams 2.0, section 2.1, lets an implementation that is not one go without). So names are read as
written, with or without the prefixes in use; `@context` is never looked at; and what a document says under other names
it does not say to us. That is how the servers that we meet read each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from corale.channels.errors import Malformed

AS = "https://www.w3.org/ns/activitystreams#"
PUBLIC = AS + "Public"
NESTING = 30
MEMBERS = 1_000  # of one list; nobody is shown more

Thing = Mapping[str, Any]

_PREFIXES = (
    AS,
    "http://www.w3.org/ns/activitystreams#",
    *("as:", "toot:", "misskey:", "fedibird:", "litepub:", "ostatus:", "schema:", "sc:", "sec:", "security:", "vcard:"),
    *("lemmy:", "pt:", "gts:", "pixelfed:", "smithereen:", "fep:", "ldp:", "dct:", "foaf:"),
)
_KEYWORDS = {"@id": "id", "@type": "type", "@list": "@list", "@set": "@set"}
_PUBLIC = {PUBLIC, "as:Public", "Public", "http://www.w3.org/ns/activitystreams#Public"}


def opened(body: bytes) -> Thing:
    """The object in some bytes. Malformed when they are not JSON, not an object, or nested too deeply."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}"[:200]) from error
    return normalised(found)


def normalised(found: object) -> Thing:
    """The same as plain things: every name without its prefix, every list without its wrapping."""
    if isinstance(found, list) and len(found) == 1:  # an expanded document is a list of one
        found = found[0]
    if not isinstance(found, dict):
        raise Malformed("not an object")
    plain: Thing = _plain(found, NESTING)
    return plain


def _plain(value: Any, depth: int) -> Any:
    if isinstance(value, dict):
        if not depth:
            raise Malformed(f"nested more than {NESTING} deep")
        return _members(value, depth)
    if isinstance(value, list):
        if not depth:
            raise Malformed(f"nested more than {NESTING} deep")
        return [_plain(each, depth - 1) for each in value[:MEMBERS]]
    return value


def _members(value: dict[str, Any], depth: int) -> Any:
    plain: dict[str, Any] = {}
    for name, inner in value.items():
        if name == "@context":
            continue
        known = bare(name) if len(name) <= 100 else name
        if known not in plain or known == name:  # said twice: what is said plainly counts
            plain[known] = _plain(inner, depth - 1)
    for wrapping in ("@list", "@set"):
        if wrapping in plain:
            return plain[wrapping] if isinstance(plain[wrapping], list) else [plain[wrapping]]
    return list(plain.values()) if plain and all(name.isdecimal() for name in plain) else _unmixed(plain)


def _unmixed(plain: dict[str, Any]) -> Any:
    """A list that lost its first place to an object, as PHP makes one of both: {"type": "Mention", "0": {…}}."""
    if "0" not in plain or not isinstance(plain["0"], dict):
        return plain
    others = [value for name, value in plain.items() if name.isdecimal()]
    return [{name: value for name, value in plain.items() if not name.isdecimal()}, *others]


@lru_cache(maxsize=2_048)
def bare(name: str) -> str:
    """A name without the prefix that a compacted or expanded document gives it."""
    for prefix in _PREFIXES:
        if name.startswith(prefix) and len(name) > len(prefix):
            return name[len(prefix) :]
    return _KEYWORDS.get(name, name)


def each(value: object) -> list[Any]:
    """One or many, as many."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def things(value: object, *, most: int = MEMBERS) -> list[Thing]:
    """The objects in it."""
    found: list[Thing] = [one for one in each(value) if isinstance(one, dict)]
    return found[:most]


def types(thing: Thing) -> tuple[str, ...]:
    """What it says it is: one word or several."""
    return tuple(bare(found) for found in each(thing.get("type"))[:10] if isinstance(found, str) and len(found) <= 200)


def is_a(thing: Thing, *names: str) -> bool:
    """It says it is one of these."""
    return any(found in names for found in types(thing))


def is_public(name: object) -> bool:
    """The public collection, in any of its spellings (ActivityPub, section 5.6)."""
    return isinstance(name, str) and name in _PUBLIC


def names(value: object) -> Iterator[str]:
    """What is named in it: strings as they stand, of objects the id (of a link its href)."""
    for found in each(value):
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            for name in ("id", "href", "@value"):
                if isinstance(found.get(name), str):
                    yield found[name]
                    break
