"""Who follows whom, with servers that this project did not write: asked, answered, ended, in both directions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import Somebody

pytestmark = pytest.mark.timeout(600)

FOLLOWERS = (
    "SELECT count(*) FROM activitypub_follower f JOIN activitypub_remoteactor r ON r.id = f.remote_id "
    "WHERE r.uri = '{}' AND f.state = 'accepted' AND f.ended_at IS NULL"
)
FOLLOWING = (
    "SELECT count(*) FROM activitypub_following f JOIN activitypub_remoteactor r ON r.id = f.remote_id "
    "WHERE r.uri = '{}' AND f.state = '{}' AND f.ended_at IS {}"
)


def test_following_is_answered_with_the_question_inside_and_again_when_asked_again(
    fediverse: Fediverse, eve: Somebody
) -> None:
    first = eve.follows(fediverse.molino)
    assert eve.heard("Accept", object__id=first)["actor"] == fediverse.molino

    again = eve.follows(fediverse.molino)
    eve.heard("Accept", object__id=again)
    fediverse.until(FOLLOWERS.format(eve.id), 1)

    eve.undoes({"type": "Follow", "id": again, "actor": eve.id, "object": fediverse.molino}, fediverse.molino)
    fediverse.until(FOLLOWERS.format(eve.id), 0)


@pytest.fixture
def anna_approves(fediverse: Fediverse) -> Iterator[None]:
    """Anna looks at who wants to follow her, for the length of a test."""
    approves = "Actor.objects.filter(name='anna').update(approves_followers={})"
    fediverse.hand.does(approves.format(True))
    yield
    fediverse.hand.does(approves.format(False))


@pytest.mark.usefixtures("anna_approves")
def test_who_approves_followers_lets_them_wait(fediverse: Fediverse, dora: Somebody) -> None:
    asked = dora.follows(fediverse.anna)
    waits = (
        "SELECT count(*) FROM activitypub_follower f JOIN activitypub_remoteactor r ON r.id = f.remote_id "
        f"WHERE r.uri = '{dora.id}' AND f.state = 'pending'"
    )
    fediverse.until(waits, 1)
    assert dora.all_heard("Accept", object__id=asked) == []

    fediverse.hand.does("followers.accept(Follower.objects.get(remote__uri=uri, actor__name='anna'))", uri=dora.id)
    dora.heard("Accept", object__id=asked)

    fediverse.hand.does("followers.refuse(Follower.objects.get(remote__uri=uri, actor__name='anna'))", uri=dora.id)
    dora.heard("Reject", object__id=asked)
    fediverse.until(FOLLOWERS.format(dora.id), 0)


def test_we_follow_and_they_answer(fediverse: Fediverse, eve: Somebody) -> None:
    asked = fediverse.does("follow", target=eve.id)
    assert eve.heard("Follow", id=asked)["object"] == eve.id
    fediverse.until(FOLLOWING.format(eve.id, "accepted", "NULL"), 1)

    fediverse.does("unlike", target=asked)
    eve.heard("Undo", object__id=asked)
    fediverse.until(FOLLOWING.format(eve.id, "accepted", "NOT NULL"), 1)


def test_who_does_not_want_to_be_followed_is_not(fediverse: Fediverse) -> None:
    shy = fediverse.somebody("shy", answers="no")

    fediverse.does("follow", target=shy.id)

    fediverse.until(FOLLOWING.format(shy.id, "rejected", "NOT NULL"), 1)


def test_a_block_ends_what_was_between_us(fediverse: Fediverse, dora: Somebody) -> None:
    asked = dora.follows(fediverse.molino)
    dora.heard("Accept", object__id=asked)
    fediverse.does("follow", target=dora.id)
    fediverse.until(FOLLOWING.format(dora.id, "accepted", "NULL"), 1)

    dora.does("Block", fediverse.molino, fediverse.molino)

    fediverse.until(FOLLOWERS.format(dora.id), 0)
    fediverse.until(FOLLOWING.format(dora.id, "rejected", "NOT NULL"), 1)


def test_a_move_takes_us_along_when_both_accounts_say_so(fediverse: Fediverse) -> None:
    old, new = fediverse.somebody("elio"), fediverse.somebody("elio", "strict.test")
    fediverse.does("follow", target=old.id)
    fediverse.until(FOLLOWING.format(old.id, "accepted", "NULL"), 1)

    new.becomes(knownAs=[old.id])
    old.becomes(movedTo=new.id)
    old.does("Move", old.id, fediverse.molino, target=new.id)

    new.heard("Follow", object=new.id)
    old.heard("Undo", object__object=old.id)
    fediverse.until(FOLLOWING.format(new.id, "accepted", "NULL"), 1)


def test_a_profile_that_changes_is_read_again_and_one_that_is_gone_follows_nobody(
    fediverse: Fediverse, eve: Somebody
) -> None:
    asked = eve.follows(fediverse.molino)
    eve.heard("Accept", object__id=asked)
    assert fediverse.identity(eve.id)["name"] == "Eve"

    document = eve.becomes(title="Evelina")
    eve.does("Update", document, fediverse.molino)
    fediverse.until(f"SELECT name FROM people_identity WHERE stable_id = '{eve.id}'", "Evelina")

    eve.does("Delete", eve.id, fediverse.molino)
    fediverse.until(FOLLOWERS.format(eve.id), 0)
    fediverse.until(f"SELECT count(*) FROM people_identity WHERE stable_id = '{eve.id}' AND NOT reachable", 1)
