"""First station: whoever appears is somebody we know, or becomes so; handles change and keep their history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from corale.channels.contract import Known, Who
from corale.channels.text import plain
from corale.conversations.arrivals.batch import Batch, IdentityRow
from corale.people.models import Identity, IdentityName, Person
from corale.store import rows

_SELECT = (
    "SELECT id, person_id, platform, stable_id, handle, name, avatar_url, description, url, ours, last_seen "
    "FROM people_identity WHERE platform = %s AND stable_id IN ({marks})"
)
_COLUMNS = (
    "id", "person_id", "platform", "stable_id", "handle", "name", "avatar_url", "description", "url", "reachable",
    "ours", "first_seen", "last_seen", "profile_at",
)  # fmt: skip


def resolve(batch: Batch) -> None:
    """Finds or makes an identity for everybody in the batch."""
    newest: dict[tuple[str, str], tuple[Who, datetime]] = {}
    for who, at in batch.whos():
        key = who.platform, who.stable_id
        kept = newest.get(key)
        if kept is None:
            newest[key] = who, at
        elif at >= kept[1] and who is not kept[0]:
            newest[key] = (who if who.handle or who.name else kept[0]), at
    if not newest:
        return
    known = {(row[2], row[3]): row for row in _known(newest)}
    _add(batch, {key: value for key, value in newest.items() if key not in known})
    _refresh(batch, newest, known)
    _reachability(batch)


def _known(keys: Iterable[tuple[str, str]]) -> Iterator[tuple[Any, ...]]:
    """Platform by platform, as the index goes."""
    by_platform: dict[str, list[str]] = {}
    for platform, stable_id in keys:
        by_platform.setdefault(platform, []).append(stable_id)
    for platform, stable_ids in by_platform.items():
        yield from rows.look_up(_SELECT, stable_ids, [platform])


def _add(batch: Batch, missing: dict[tuple[str, str], tuple[Who, datetime]]) -> None:
    if not missing:
        return
    person_ids = rows.reserve_ids(Person, len(missing))
    identity_ids = rows.reserve_ids(Identity, len(missing))
    demo, ours_id = batch.connection.demo, batch.connection.stable_id
    persons: list[tuple[Any, ...]] = []
    identities: list[tuple[Any, ...]] = []
    names: list[tuple[Any, ...]] = []
    for (key, (who, at)), person_id, identity_id in zip(missing.items(), person_ids, identity_ids, strict=True):
        seen, handle, name = rows.moment(at), plain(who.handle)[:300], plain(who.name)[:200]
        ours = who.stable_id == ours_id and who.platform == batch.connection.kind
        face = f"identity:{identity_id}" if who.avatar_url else ""
        persons.append((person_id, (name or handle)[:200], "", "", "", "", face, "", "{}", seen, demo))
        identities.append(
            (identity_id, person_id, who.platform, who.stable_id, handle, name, plain(who.avatar_url)[:1000],
             plain(who.description), plain(who.url)[:1000], True, ours, seen, seen, seen if who.name else None)
        )  # fmt: skip
        names.append((identity_id, handle, name, seen))
        batch.renamed.append(person_id)
        batch.identities[key] = IdentityRow(identity_id, person_id, handle, name, ours)
    rows.insert(
        Person,
        ("id", "name", "title", "ask_me_about", "language", "time_zone", "avatar", "about", "preferences",
         "created_at", "demo"),
        persons,
    )  # fmt: skip
    rows.insert(Identity, _COLUMNS, identities)
    rows.insert(IdentityName, ("identity_id", "handle", "name", "since"), names)


def _refresh(
    batch: Batch, newest: dict[tuple[str, str], tuple[Who, datetime]], known: dict[tuple[str, str], tuple[Any, ...]]
) -> None:
    """A profile that says something new overwrites the old one, unless what arrived is older than what we know."""
    changed: list[tuple[Any, ...]] = []
    names: list[tuple[Any, ...]] = []
    renamed: list[tuple[Any, ...]] = []
    for key, row in known.items():
        identity_id, person_id, _platform, _stable, handle, name, avatar, description, _url, ours, last_seen = row
        who, at = newest[key]
        seen = rows.as_time(last_seen)
        new_handle, new_name = plain(who.handle)[:300] or handle, plain(who.name)[:200] or name
        new_avatar = plain(who.avatar_url)[:1000] or avatar
        new_description = plain(who.description) or description
        fresh = seen is None or at >= seen
        if fresh and new_avatar and not avatar:
            Person.objects.filter(pk=person_id, avatar="").update(avatar=f"identity:{identity_id}")
        if fresh and (new_handle, new_name, new_avatar, new_description) != (handle, name, avatar, description):
            moment = rows.moment(at)
            changed.append((new_handle, new_name, new_avatar, new_description, moment, moment, identity_id))
            if (new_handle, new_name) != (handle, name):
                names.append((identity_id, new_handle, new_name, moment))
                batch.renamed.append(person_id)
                renamed.append(((new_name or new_handle)[:200], person_id, (name or handle)[:200]))
            handle, name = new_handle, new_name
        batch.identities[key] = IdentityRow(identity_id, person_id, handle, name, bool(ours))
    rows.update(Identity, ("handle", "name", "avatar_url", "description", "last_seen", "profile_at"), changed)
    rows.insert(IdentityName, ("identity_id", "handle", "name", "since"), names)
    for new, person_id, old in renamed:  # a name that a colleague corrected by hand stays
        Person.objects.filter(pk=person_id, user__isnull=True, name=old).update(name=new)


def _reachability(batch: Batch) -> None:
    for arrival in batch.of(Known):
        known = arrival.event
        identity = batch.identity(known.who)
        Identity.objects.filter(pk=identity.id).exclude(reachable=known.reachable).update(reachable=known.reachable)
