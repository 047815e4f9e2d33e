"""What others do with our posts: counted once, taken back, and never brought back by what comes late."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub.models import Reaction
from corale.channels.models import Envelope
from tests.unit.adapters.activitypub.inbox.conftest import PUBLIC

pytestmark = pytest.mark.django_db
Kind = Reaction.Kind


def standing(kind: str) -> int:
    return Reaction.objects.filter(kind=kind, undone_at=None).count()


def test_a_like_counts_once_for_each_person(carla, person, said):
    post = said()

    carla.does("Like", post.uri)
    carla.does("Like", {"id": post.uri, "type": "Note"})
    carla.does("EmojiReact", post.uri, content="☕")
    person("dora").does("Like", post.uri)

    assert standing(Kind.LIKE) == 3
    assert set(Reaction.objects.values_list("choice", flat=True)) == {"", "☕"}


def test_a_like_without_an_id_counts_and_can_be_taken_back(carla, said):
    post = said()

    carla.does("Like", post.uri, id=None)
    assert standing(Kind.LIKE) == 1
    carla.does("Undo", {"type": "Like", "actor": carla.uri, "object": post.uri})

    assert standing(Kind.LIKE) == 0


@pytest.mark.parametrize("undone", [lambda act: act, lambda act: act["id"]], ids=["embedded", "by its id"])
@pytest.mark.parametrize(("verb", "kind"), [("Like", Kind.LIKE), ("Announce", Kind.BOOST)])
def test_it_is_taken_back_once_and_for_all(carla, said, verb, kind, undone):
    act = carla.does(verb, said().uri, to=[PUBLIC])
    assert standing(kind) == 1

    carla.does("Undo", undone(act))
    carla.does(verb, act["object"], id=act["id"], to=[PUBLIC], key="brought again, late")

    assert standing(kind) == 0


def test_what_is_not_public_cannot_be_boosted(carla, said):
    carla.does("Announce", said(audience="followers").uri, to=[PUBLIC])

    assert not Reaction.objects.exists()
    assert Envelope.objects.get().state == Envelope.State.IGNORED


def test_an_answer_and_a_quotation_count_and_go_with_their_deletion(carla, said):
    first, second = said(), said()
    answer = carla.note(inReplyTo=first.uri)
    quotation = carla.note(quote=second.uri)
    both = carla.note(inReplyTo=first.uri, quoteUrl=first.uri)
    for note in (answer, quotation, both):
        carla.does("Create", note, to=note["to"])
    assert (standing(Kind.REPLY), standing(Kind.QUOTE)) == (2, 2)

    carla.does("Delete", {"id": answer["id"], "type": "Tombstone"})
    carla.does("Delete", both["id"])

    assert (standing(Kind.REPLY), standing(Kind.QUOTE)) == (0, 1)


def test_a_private_answer_is_not_shown_among_the_public_ones(carla, said):
    post = said()

    carla.does("Create", carla.note(inReplyTo=post.uri, to=[post.actor.uri]))

    assert Reaction.objects.get().is_public is False


def test_a_create_that_comes_after_its_deletion_stays_without_effect(carla, said):
    note = carla.note(inReplyTo=said().uri)

    carla.does("Delete", note["id"])
    carla.does("Create", note)
    carla.does("Update", {**note, "content": "<p>Again</p>"})

    assert not Reaction.objects.exists()
    states = list(Envelope.objects.order_by("pk").values_list("state", flat=True))
    assert states[1:] == [Envelope.State.IGNORED, Envelope.State.IGNORED]


def test_they_may_come_in_one_batch_and_in_the_wrong_order(carla, said, arrives):
    note = carla.note(inReplyTo=said().uri)
    carla.sends("Delete", note["id"])
    carla.sends("Create", note)

    assert arrives().done == 2

    assert not Reaction.objects.exists()


def test_nobody_deletes_what_lives_elsewhere(carla, person, said):
    answer = carla.note(inReplyTo=said().uri)
    carla.does("Create", answer)

    person("mallory", "evil.test").does("Delete", answer["id"])

    assert standing(Kind.REPLY) == 1
    assert Envelope.objects.order_by("-pk")[0].state == Envelope.State.IGNORED


def test_nobody_speaks_in_the_name_of_another_server(carla, person, said):
    forged = carla.note(inReplyTo=said().uri)

    person("mallory", "evil.test").does("Create", forged)

    assert not Reaction.objects.exists()
    assert Envelope.objects.get().state == Envelope.State.IGNORED
