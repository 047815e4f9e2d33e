"""Each message is folded to one that says nearly the same: what is new among what is kept, in a few statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from corale.conversations.models import Message
from corale.listen.heard import STANDING
from corale.listen.models import Band, Echo
from corale.listen.near.folding import Folds, Leaders, Signed, fold, sign
from corale.listen.reading.near import is_passed_on, key, normal
from corale.store import rows

_AT = "SELECT place, leader FROM listen_band WHERE place IN ({marks})"


@dataclass(slots=True)
class Echoes:
    """What is to be kept of a batch. `gone`: who no longer leads, and `places`, where that was seen."""

    found: list[Echo] = field(default_factory=list)
    bands: list[tuple[int, int]] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    places: set[int] = field(default_factory=set)


def echoes(messages: Sequence[Message]) -> Echoes:
    """Folded, not kept yet. What was folded with the same words before stays as it is."""
    keys = {message.pk: key(message.text) for message in messages}
    known = dict(Echo.objects.filter(pk__in=list(keys)).exclude(of=None).values_list("pk", "near"))
    fresh = [message for message in messages if known.get(message.pk) != keys[message.pk]]
    if not fresh:
        return Echoes()
    given = Echoes(gone={message.pk for message in fresh if message.pk in known})
    folds = _folded(sign([(message.pk, message.text, message.written_at) for message in fresh]), given)
    given.bands = folds.bands
    given.found = [
        Echo(message_id=each.pk, of_id=folds.leaders[each.pk], near=keys[each.pk], is_passed_on=is_passed_on(each.text))
        for each in fresh
    ]
    return given


def keep(given: Echoes) -> None:
    """In the transaction of the reading. Whoever followed one that leads no more waits to be folded again."""
    if not given.found:
        return
    if given.gone:
        Echo.objects.filter(of__in=list(given.gone)).update(of=None)
        Band.objects.filter(place__in=list(given.places), leader__in=list(given.gone)).delete()
    wanted = {pk for each in given.found for pk in (each.message_id, each.of_id) if pk}
    there = set(Message.objects.filter(pk__in=list(wanted)).values_list("pk", flat=True))
    rest: list[Any] = [each for each in given.found if each.message_id in there]
    for each in rest:
        each.of_id = each.of_id if each.of_id in there else None
    Echo.objects.bulk_create(
        rest, update_conflicts=True, unique_fields=["message"], update_fields=["of", "near", "is_passed_on"]
    )
    rows.insert_ignoring(Band, ("place", "leader"), [band for band in given.bands if band[1] in there])


def waiting(limit: int) -> list[Message]:
    """Those whose leader was edited or has gone, as they stand now."""
    return list(Message.objects.filter(echo__isnull=False, echo__of=None).order_by("pk")[:limit])


def forget(messages: Sequence[Message]) -> None:
    """They say nothing any more."""
    Echo.objects.filter(pk__in=[message.pk for message in messages], of=None).delete()


def _folded(batch: Sequence[Signed], given: Echoes) -> Folds:
    given.places = {place for each in batch for place in each.places}
    standing: Leaders = {}
    for place, leader in sorted(rows.select_in(_AT, given.places)):
        standing.setdefault(place, []).append(leader)

    def words_of(wanted: Collection[int]) -> dict[int, str]:
        words = _words(wanted)
        given.gone |= set(wanted) - words.keys()
        return words

    return fold(batch, standing, words_of)


def _words(wanted: Collection[int]) -> dict[int, str]:
    """Of those that still lead, with the words by which they began to."""
    leading = Message.objects.filter(pk__in=list(wanted), echo__of__isnull=False, state__in=STANDING)
    found = leading.values_list("pk", "text", "echo__of", "echo__near")
    return {pk: normal(text) for pk, text, of, near in found if of == pk and near == key(text)}
