"""Verbs of a conversation: who may, what is told, what is refused."""

from __future__ import annotations

import pytest

from corale.conversations.actions.assigning import assign
from corale.conversations.actions.closing import close, reopen
from corale.conversations.actions.judging import judge
from corale.conversations.actions.noting import note
from corale.conversations.actions.reading import read
from corale.conversations.actions.undoing import Before, put_back
from corale.conversations.errors import Changed, NotPermitted
from corale.conversations.models import Conversation, Message
from corale.ledger.models import Fact
from corale.live.models import LiveEvent


@pytest.mark.parametrize("who", ["carla", "dario"])
def test_only_colleagues_may(world, who):
    outsider = getattr(world, who)

    for verb in (
        lambda: close(world.late_parcel, by=outsider),
        lambda: assign(world.late_parcel, world.anna, by=outsider),
        lambda: assign(world.late_parcel, outsider, by=world.anna),
        lambda: note(world.late_parcel, "hello", by=outsider),
        lambda: judge(world.carlas_parcel, needs_answer=False, by=outsider),
        lambda: read(world.late_parcel, by=outsider, seconds=9, messages=[]),
    ):
        with pytest.raises(NotPermitted):
            verb()


def test_what_somebody_else_changed_is_told_instead_of_overwritten(world):
    seen = world.late_parcel.version
    close(Conversation.objects.get(pk=world.late_parcel.pk), by=world.bruno, version=seen)

    with pytest.raises(Changed) as problem:
        assign(world.late_parcel, world.anna, by=world.anna, version=seen)

    assert problem.value.conversation.state == "closed"
    assert Conversation.objects.get(pk=world.late_parcel.pk).assignee is None


def test_doing_nothing_tells_nobody(world):
    close(world.late_parcel, by=world.anna)
    told, facts, version = LiveEvent.objects.count(), Fact.objects.count(), world.late_parcel.version

    close(world.late_parcel, by=world.anna)

    assert (LiveEvent.objects.count(), Fact.objects.count(), world.late_parcel.version) == (told, facts, version)


def test_a_judgement_moves_the_beginning_of_the_wait(world):
    first = world.carlas_parcel
    second = world.says("carla", "E la guarnizione?", to=first)

    judge(first, needs_answer=False, by=world.anna, reason="answered_elsewhere")
    assert Conversation.objects.get(pk=world.late_parcel.pk).waiting_since == second.received_at
    judge(second, needs_answer=False, by=world.anna)
    assert Conversation.objects.get(pk=world.late_parcel.pk).waiting_since is None
    judge(first, needs_answer=True, by=world.anna)

    assert Conversation.objects.get(pk=world.late_parcel.pk).waiting_since == first.received_at


def test_a_note_changes_neither_state_nor_order(world):
    before = Conversation.objects.get(pk=world.late_parcel.pk)

    note(world.late_parcel, "between us", by=world.anna)

    after = Conversation.objects.get(pk=world.late_parcel.pk)
    assert (after.state, after.last_activity_at, after.preview) == (
        before.state,
        before.last_activity_at,
        before.preview,
    )
    assert Message.objects.get(direction=Message.Direction.NOTE).key is None


@pytest.mark.parametrize("verb", [close, lambda it, by: assign(it, by, by=by)])
def test_putting_back_leaves_it_as_it_was(world, verb):
    conversation = world.late_parcel
    before = Before.of(conversation)
    verb(conversation, by=world.anna)

    assert put_back(Before(*before.packed(conversation.version)), by=world.anna)

    assert Before.of(Conversation.objects.get(pk=conversation.pk)) == before


def test_opening_again_ends_the_closure(world):
    close(world.late_parcel, by=world.anna)
    reopen(world.late_parcel, by=world.bruno)

    assert world.late_parcel.closures.get().ended_at is not None
