"""Molino is a company in action, honest about itself, and goes without a trace."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from corale.accounts.models import User
from corale.accounts.signals import demo_wanted
from corale.channels.models import Delivery, StoredFile
from corale.conversations.models import Conversation, Message
from corale.demo import clock, loading, molino
from corale.demo.cast import CHARACTERS, COLLEAGUES
from corale.demo.stories import Story, stories
from corale.improve.models import Decision, Evidence, ReportBack, Theme
from corale.ledger.models import Fact
from corale.lib.text import graphemes
from corale.people.models import Person
from corale.search.index import index_all

LEFT = {"jobs.Job", "live.LiveEvent", "search.Pending"}
"""What works for a while behind the scenes, and is pruned."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only those who speak of parcels: quicker, where it does not matter how many they are."""

    def some(now: datetime) -> list[Story]:
        return [story for story in stories(now) if story.name.startswith("parcel-")]

    monkeypatch.setattr(loading, "stories", some)


@pytest.fixture
def here(db: None) -> str:
    molino.load("it")
    return "it"


def test_it_shows_every_kind_of_thing_enough_of_it_to_measure_and_is_not_perfect(here: str) -> None:
    states = Counter(Conversation.objects.values_list("state", flat=True))
    assert {"open", "waiting", "snoozed", "closed", "spam"} <= set(states)
    assert 55 <= sum(states.values()) <= 90
    assert set(Decision.objects.values_list("kind", flat=True)) == {"yes", "no", "later"}
    assert {"told", "to_review", "failed", "unreachable"} <= set(ReportBack.objects.values_list("state", flat=True))
    assert Theme.objects.filter(voice_count__gte=5, decisions=None).exists()
    assert {Message.State.EDITED, Message.State.DELETED} <= set(Message.objects.values_list("state", flat=True))
    assert Conversation.objects.filter(message_count__gte=12).exists()
    assert set(Message.objects.values_list("language", flat=True)) >= {"en", here}

    received = Fact.objects.filter(kind="message.received", data__addressed=True).count()
    answered = Fact.objects.filter(kind="message.answered").count()

    assert received >= 40
    assert received * 0.5 < answered < received
    assert Fact.objects.filter(kind="conversation.read").exists()


def test_everything_happened_in_the_past_in_its_order_and_is_marked(here: str) -> None:
    now = timezone.now()

    assert not Fact.objects.filter(at__gt=now).exists()
    assert Fact.objects.order_by("at")[0].at < now - timedelta(days=70)
    assert not Fact.objects.filter(demo=False).exists()
    assert not Person.objects.filter(demo=False).exists()
    assert not Delivery.objects.exclude(state__in=["sent", "failed"]).exists()
    for report in ReportBack.objects.filter(state="told").select_related("asked_in", "decision__outcome"):
        assert report.decision.recorded_at < report.decision.outcome.at < report.told_at  # type: ignore[operator]
        assert report.asked_in.written_at < report.told_at  # type: ignore[union-attr, operator]
    for cited in Evidence.objects.select_related("message", "decision"):
        assert cited.message.written_at < cited.decision.recorded_at


def test_loading_twice_is_loading_once_and_english_is_the_same_company(here: str) -> None:
    before = Counter(Fact.objects.values_list("kind", flat=True))
    molino.load("en")
    assert molino.loaded_language() == "it"

    molino.empty()
    molino.load("en")

    assert Counter(Fact.objects.values_list("kind", flat=True)) == before
    assert "Deliveries in the evening" in Theme.objects.values_list("name", flat=True)


def test_it_goes_without_a_trace_and_leaves_what_is_real(world: Any, small: None) -> None:
    real = Fact.objects.create(kind="message.received", at=timezone.now())
    index_all()
    before = everything()
    molino.load("it")
    pictures = [Path(file.path) for file in StoredFile.objects.all()]
    assert pictures and all(path.is_file() for path in pictures)

    molino.empty()
    index_all()  # the words are forgotten by the indexer, where they were learnt with the message

    assert everything() == before
    assert Fact.objects.filter(pk=real.pk).exists()
    assert not any(path.exists() for path in pictures)
    assert not molino.is_loaded()


def everything() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.label not in LEFT]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_a_real_theme_that_gathered_demo_voices_survives(world: Any, small: None) -> None:
    from corale.improve.actions.gathering import gather
    from corale.improve.actions.theming import begin_theme

    molino.load("en")
    theme = begin_theme("Ours", by=world.anna)
    demo = Message.objects.filter(conversation__demo=True, direction=Message.Direction.IN).select_related(
        "conversation"
    )
    gather([world.carlas_parcel, *demo[:3]], theme, by=world.anna)
    molino.empty()

    theme.refresh_from_db()
    assert (theme.voice_count, theme.message_count) == (1, 1)


def test_it_can_be_emptied_after_one_has_worked_in_it(world: Any, small: None) -> None:
    from corale.conversations.actions.answering import answer
    from corale.improve.actions.reporting import approve

    molino.load("it")
    answer(Conversation.objects.filter(demo=True, state__in=["open", "waiting"])[0], ["Eccomi!"], by=world.anna)
    approve(ReportBack.objects.filter(state="to_review")[0], by=world.anna)
    molino.empty()

    assert not Conversation.objects.filter(demo=True).exists()
    assert not Fact.objects.filter(demo=True).exists()


def test_everybody_who_speaks_is_somebody_and_speaks_both_languages() -> None:
    for story in stories(datetime.now(UTC)):
        wanted = {story.options["only"]} if "only" in story.options else {"it", "en"}
        for line in story.lines:
            assert line.who in CHARACTERS.keys() | COLLEAGUES.keys() or line.verb in {"edit", "delete"}, story.name
            said = {language for language, words in line.words.items() if words}
            assert said == wanted or line.verb not in {"says", "note", "edit"}, f"{story.name}: {line}"


def test_no_answer_is_longer_than_the_channel_takes() -> None:
    for story in stories(datetime.now(UTC)):
        for line in story.lines:
            for text in line.words.values():
                assert graphemes(text) <= 300 or line.verb == "note", f"{story.name}: {text}"


def test_nobody_real_is_written_to() -> None:
    assert all("@" not in colleague.name for colleague in COLLEAGUES.values())
    assert {key for key in CHARACTERS if not key.isidentifier()} == set()


def test_the_past_is_only_for_those_inside() -> None:
    long_ago = datetime(2001, 2, 3, tzinfo=UTC)
    with clock.at(long_ago):
        assert timezone.now() == long_ago
        assert Theme._meta.get_field("created_at").get_default() == long_ago

    assert timezone.now().year > 2024


def test_the_first_person_gets_it_in_their_language(db: None, small: None) -> None:
    demo_wanted.send(Person, user=None, language="it")

    assert molino.loaded_language() == "it"


def test_an_administrator_sees_the_banner_empties_it_and_loads_it_again(world: Any, small: None) -> None:
    client = Client()
    client.force_login(world.franca.user)
    client.post(reverse("demo:load"), {"language": "en"})
    assert "demo company" in client.get(reverse("demo:demo")).content.decode()
    client.post(reverse("demo:load"), {"language": "it"})
    assert molino.loaded_language() == "it"

    client.post(reverse("demo:empty"))

    assert not molino.is_loaded()
    assert "banner--demo" not in client.get(reverse("demo:demo")).content.decode()


def test_it_comes_even_where_somebody_real_has_annas_address(db: None, small: None) -> None:
    real = User.objects.create_user("anna@molino.test", "quattro parole senza senso")

    molino.load("it")

    assert User.objects.filter(email="anna.demo@molino.test").exists()
    assert not Person.objects.filter(user=real, demo=True).exists()
