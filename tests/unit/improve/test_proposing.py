"""What people seem to talk about is found by itself and judged by people; it stays the same from run to run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from corale.channels.models import Connection
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Conversation, Message
from corale.demo.world import World
from corale.improve.actions import proposing
from corale.improve.actions.judging import accept, bring_back, dismiss, gather_rest, leave_out
from corale.improve.actions.proposing import propose
from corale.improve.errors import AlreadyDone, Incomplete
from corale.improve.models import Proposal, ProposedVoice, Theme
from corale.listen.actions.catching_up import read_all
from tests.unit.conversations.test_receive import said, who

pytestmark = pytest.mark.django_db
LATE = (
    "Il corriere è in ritardo da tre giorni, quando arriva il mio pacco?",
    "Sempre il corriere in ritardo, dov'è il pacco che aspetto?",
    "Quando consegna il corriere? Il pacco è in ritardo",
    "Corriere in ritardo anche oggi, che vergogna, il pacco non si vede",
)
LIDS = (
    "Vendete anche i tappi di ricambio per le bottiglie?",
    "Dove trovo un tappo di ricambio per la bottiglia di vetro?",
    "Quanto costa il tappo di ricambio della bottiglia?",
)
REST = ("Che bello il negozio nuovo!", "A che ora aprite la domenica?", "Il pane di ieri era buonissimo, grazie")


@pytest.fixture
def shop() -> Connection:
    return Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test")


def hear(shop: Connection, *texts: str, first: int = 0) -> None:
    """Each from somebody else, today, and read."""
    now = timezone.now().isoformat()
    raws = [said(f"p{at}", text, at, by=who(f"person{at}"), at=now) for at, text in enumerate(texts, start=first)]
    take_in(shop, raws)
    read_all()


@pytest.fixture
def talk(shop: Connection) -> Connection:
    hear(shop, *LATE, *LIDS, *REST)
    propose.call()
    return shop


def about(word: str) -> Proposal:
    return Proposal.objects.get(words__contains=word)


def texts(proposal: Proposal) -> set[str]:
    return set(proposal.voices.filter(removed_at=None).values_list("message__text", flat=True))


def test_what_several_people_speak_of_is_proposed_by_its_own_words(talk: Connection) -> None:
    assert set(Proposal.objects.values_list("people", flat=True)) == {3, 4}
    assert texts(about("ritardo")) == set(LATE)
    assert texts(about("ricambio")) == set(LIDS)
    assert not Theme.objects.exists()


def test_one_person_alone_is_no_theme(shop: Connection) -> None:
    now = timezone.now().isoformat()
    take_in(shop, [said(f"p{at}", text, at, at=now) for at, text in enumerate(LATE * 3)])
    read_all()

    propose.call()

    assert not Proposal.objects.exists()


def test_nothing_private_and_nothing_long_ago_is_in_one(shop: Connection) -> None:
    hear(shop, *LATE, *LIDS)
    Message.objects.filter(text__in=LIDS).update(written_at=timezone.now() - timedelta(days=60))
    Conversation.objects.filter(messages__text=LATE[0]).update(direct=True)

    propose.call()

    assert texts(Proposal.objects.get()) == set(LATE[1:])


def test_it_is_the_same_from_run_to_run_and_grows(talk: Connection) -> None:
    before = about("ritardo")
    hear(talk, "Corriere di nuovo in ritardo: dov'è il pacco di mia madre?", first=50)

    propose.call()

    after = Proposal.objects.get(pk=before.pk)
    assert (after.people, after.made_at) == (5, before.made_at)
    assert Proposal.objects.count() == 2


def test_accepting_makes_a_theme_with_these_voices_once(talk: Connection, world: World) -> None:
    theme = accept(about("ritardo"), "Corrieri in ritardo", by=world.anna)

    theme.refresh_from_db()
    assert (theme.name, theme.voice_count, theme.message_count) == ("Corrieri in ritardo", 4, 4)
    assert {voice.added_by for voice in theme.voices.all()} == {world.anna}
    with pytest.raises(AlreadyDone):
        accept(about("ritardo"), "Un altro", by=world.bruno)
    propose.call()
    assert set(Proposal.objects.waiting().values_list("pk", flat=True)) == {about("ricambio").pk}


def test_more_than_one_waits_for_is_gathered_in_the_background(
    talk: Connection, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corale.improve.actions.judging.AT_ONCE", 2)
    proposal = about("ritardo")
    theme = accept(proposal, "Corrieri", by=world.anna)

    gather_rest.call(proposal.pk, world.anna.pk)

    assert theme.voices.count() == 4


def test_a_theme_without_a_name_leaves_the_proposal_as_it_was(talk: Connection, world: World) -> None:
    with pytest.raises(Incomplete):
        accept(about("ritardo"), "  ", by=world.anna)

    assert about("ritardo").settled_at is None


def test_what_was_dismissed_is_not_proposed_again_unless_brought_back(talk: Connection, world: World) -> None:
    dismiss(about("ritardo"), by=world.anna)
    hear(talk, "Il corriere è in ritardo con il pacco, perché?", first=50)
    propose.call()
    assert about("ritardo").settled_by == world.anna
    assert Proposal.objects.waiting().count() == 1

    bring_back(about("ritardo"), by=world.bruno)

    assert Proposal.objects.waiting().count() == 2


def test_what_was_taken_out_does_not_come_back(talk: Connection, world: World) -> None:
    voice = ProposedVoice.objects.get(message__text=LATE[3])

    leave_out(voice, by=world.anna)
    assert about("ritardo").people == 3
    propose.call()

    assert texts(about("ritardo")) == set(LATE[:3])
    assert about("ritardo").people == 3


def test_what_nobody_says_any_more_is_not_shown(talk: Connection) -> None:
    Message.objects.filter(text__in=LATE).update(written_at=timezone.now() - timedelta(days=60))

    propose.call()

    assert not about("ritardo").is_current
    assert Proposal.objects.waiting().count() == 1


def test_a_colleague_reads_renames_and_accepts_it_on_the_pages(talk: Connection, world: World, client: Client) -> None:
    client.force_login(world.anna.user)
    there = reverse("improve:proposal", args=[about("ritardo").pk])
    listed = client.get(reverse("improve:themes")).content.decode()
    assert "What people seem to talk about" in listed
    assert there in listed
    page = client.get(there).content.decode()
    assert page.count("Il corriere è in ritardo da tre giorni") == 1

    voice = ProposedVoice.objects.get(message__text=LATE[3])
    client.post(reverse("improve:proposed_removal", args=[voice.pk]))
    client.post(reverse("improve:proposal_acceptance", args=[about("ritardo").pk]), {"name": "Corrieri in ritardo"})

    assert Theme.objects.get().voice_count == 3
    assert "Corrieri in ritardo" in client.get(there).content.decode()


def test_the_list_of_proposals_costs_the_same_for_any_number(talk: Connection, world: World, client: Client) -> None:
    client.force_login(world.anna.user)
    counts = []
    for more in (0, 20):
        Proposal.objects.bulk_create([Proposal(words=f"word {at}", language="it", people=5) for at in range(more)])
        client.get(reverse("improve:themes"))
        with CaptureQueriesContext(database) as queries:
            client.get(reverse("improve:themes"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_only_the_newest_of_very_many_are_kept_in_one(shop: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "KEPT", 2)
    hear(shop, *LATE)

    propose.call()

    assert (about("ritardo").people, about("ritardo").voices.count()) == (4, 2)
