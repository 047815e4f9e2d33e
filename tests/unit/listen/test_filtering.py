"""Saved queries hear what comes, what was there before, and what was changed; each message once, and none is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from corale.conversations.models import Message
from corale.demo.world import World
from corale.ledger.audit import AuditEntry
from corale.listen.actions import filtering, looking_back
from corale.listen.actions.filtering import filter_all, filter_recent, filter_some, waiting
from corale.listen.actions.looking_back import glimpse, look_back_some
from corale.listen.actions.querying import archive, change, make, mute, unmute
from corale.listen.errors import Nothing, NotPermitted
from corale.listen.models import LookBack, Match, Progress, Query
from corale.search.index import index_all

pytestmark = pytest.mark.django_db


def listens(world: World, **wanted: Any) -> Query:
    """Elena saves a query."""
    return make({"name": "Parcels", **wanted}, by=world.elena)


def found(query: Query) -> list[str]:
    return list(query.matches.standing().order_by("-said_at", "-id").values_list("message__text", flat=True))


def looked(query: Query) -> LookBack:
    return LookBack.objects.get(query=query)


def test_what_comes_is_found_once_and_nobody_has_seen_it(world: World) -> None:
    query = listens(world, required="pacco")
    world.says("carla", "Il PACCO non c'è")
    world.says("carla", "Buongiorno")
    assert waiting() == 2

    filter_some()
    filter_some()

    assert found(query) == ["Il PACCO non c'è"]
    assert query.matches.get().seen_at is None
    assert waiting() == 0


def test_what_was_there_before_is_found_too_and_counts_as_seen(world: World) -> None:
    index_all()
    query = listens(world, either="pacco guarnizione")

    filter_all()

    assert len(found(query)) == 2
    assert not query.matches.unseen().exists()
    assert looked(query).is_whole


def test_looking_back_goes_page_by_page_to_its_end_and_says_how_far(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(looking_back, "PAGE", 2)
    for number in range(5):
        world.says("carla", f"Il pacco numero {number}")
    index_all()
    query = listens(world, required="pacco")

    look_back_some()
    assert (looked(query).looked, looked(query).is_whole) == (2, False)
    assert found(query) == ["Il pacco numero 4", "Il pacco numero 3"]

    while look_back_some():
        continue
    assert (looked(query).looked, looked(query).is_whole) == (6, True)
    assert looked(query).since == world.carlas_parcel.written_at


def test_looking_back_stops_where_it_has_looked_at_enough(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(looking_back, "PAGE", 1)
    monkeypatch.setattr(looking_back, "ENOUGH", 1)
    index_all()
    query = listens(world, either="pacco guarnizione")

    filter_all()

    assert (looked(query).looked, looked(query).is_whole) == (1, False)
    assert looked(query).ended_at


def test_it_waits_until_the_index_knows_what_was_there(world: World) -> None:
    query = listens(world, required="pacco")

    filter_all()
    index_all()
    filter_all()

    assert found(query) == [world.carlas_parcel.text]


@pytest.mark.parametrize("wanted", [{"authors": "@carla.test"}, {"sites": "molino.example"}])
def test_without_words_the_newest_messages_are_looked_through(world: World, wanted: dict[str, str]) -> None:
    world.says("carla", "Guardate https://www.molino.example/pane")
    query = listens(world, **wanted)

    filter_all()

    assert "Guardate https://www.molino.example/pane" in found(query)
    assert looked(query).looked == Message.objects.count()


def test_an_edit_brings_a_match_and_takes_one_away(world: World) -> None:
    query = listens(world, required="pacco")
    world.says("carla", "Il pacco", id="a", version="1")
    world.says("carla", "La torta", id="b", version="1")
    filter_all()

    world.says("carla", "La torta", id="a", version="2")
    world.says("carla", "Il pacco, finalmente", id="b", version="2")
    filter_all()

    assert found(query) == ["Il pacco, finalmente"]


def test_a_changed_query_looks_again_and_what_was_seen_stays_seen(world: World) -> None:
    query = listens(world, required="pacco")
    world.says("carla", "Il pacco blu")
    world.says("carla", "Il pacco rosso")
    filter_all()
    query.matches.update(seen_by=world.anna)

    change(query, {"name": "Blue", "required": "pacco blu"}, by=world.elena)
    filter_all()
    assert found(query) == ["Il pacco blu"]

    change(query, {"name": "All", "required": "pacco"}, by=world.elena)
    filter_all()
    assert "Il pacco rosso" in found(query)
    assert query.matches.filter(seen_by=world.anna).count() == 2


def test_who_is_muted_goes_at_once_and_comes_back_with_what_was_said_meanwhile(world: World) -> None:
    query = listens(world, required="pacco")
    world.says("carla", "Il pacco", id="a")
    world.says("gino", "Anche il mio pacco", id="b")
    filter_all()

    muted = mute(query, by=world.anna, identity=world.carla.identities.get())
    assert found(query) == ["Anche il mio pacco"]
    world.says("carla", "Ancora il pacco", id="c")
    index_all()
    filter_all()
    assert found(query) == ["Anche il mio pacco"]

    unmute(muted, by=world.anna)
    filter_all()
    assert "Ancora il pacco" in found(query)
    assert "Il pacco" in found(query)


def test_a_site_is_muted_with_everything_below_it(world: World) -> None:
    query = listens(world, required="pacco")
    world.says("carla", "Il pacco https://shop.spam.example/x")
    filter_all()

    mute(query, by=world.anna, site="spam.example")

    assert found(query) == []


def test_a_query_that_was_put_away_hears_nothing_until_it_is_used_again(world: World) -> None:
    query = listens(world, required="pacco")
    archive(query, by=world.elena)
    world.says("carla", "Il pacco numero due")
    index_all()
    filter_all()
    assert not query.matches.exists()

    archive(query, by=world.elena, archived=False)
    filter_all()
    assert "Il pacco numero due" in found(query)


def test_what_was_committed_late_is_found(world: World) -> None:
    query = listens(world, required="pacco")
    world.says("carla", "Il pacco in ritardo")
    Progress.objects.filter(version=filtering.QUERIES).update(ahead=Message.objects.latest("pk").pk)

    filter_recent()

    assert "Il pacco in ritardo" in found(query)


def test_our_own_words_and_notes_are_not_listened_to(world: World) -> None:
    query = listens(world, required="pacco")
    Message.objects.create(
        conversation=world.late_parcel, connection=world.connection, direction=Message.Direction.NOTE, text="Il pacco?"
    )

    filter_all()

    assert "Il pacco?" not in found(query)


def test_a_batch_costs_a_fixed_number_of_queries(world: World) -> None:
    listens(world, required="pacco")
    filter_all()
    counts = []
    for size in (2, 40):
        for number in range(size):
            world.says("carla", f"Il pacco {size} {number}")
        with CaptureQueriesContext(database) as queries:
            filter_some()
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_glimpse_counts_only_what_one_may_see(world: World) -> None:
    world.says("carla", "Il pacco, in privato", direct=True)
    index_all()
    wanted = Query(required="pacco").wanted

    assert len(glimpse(wanted, world.bruno).found) == 1
    assert len(glimpse(wanted, world.elena).found) == 2
    assert len(glimpse(wanted, world.dario).found) == 0


def test_a_query_for_nothing_or_by_nobody_is_not_made(world: World) -> None:
    with pytest.raises(Nothing):
        listens(world, languages=["it"])
    with pytest.raises(NotPermitted):
        make({"name": "Parcels", "required": "pacco"}, by=world.dario)
    assert not Query.objects.exists()


def test_who_made_and_muted_is_in_the_audit(world: World) -> None:
    query = listens(world, required="pacco")
    mute(query, by=world.anna, site="spam.example")

    by = dict(AuditEntry.objects.values_list("verb", "user_id"))
    assert (by["query.made"], by["query.muted"]) == (world.elena.user.pk, world.anna.user.pk)


def test_a_message_that_goes_takes_its_matches_along(world: World) -> None:
    listens(world, required="pacco")
    world.says("carla", "Il pacco")
    filter_all()

    Message.objects.all().delete()

    assert not Match.objects.exists()
