"""What somebody says is put into a theme once, and taken out without a hole in the book."""

from __future__ import annotations

from typing import Any

import pytest

from corale.improve.actions.gathering import gather, take_out
from corale.improve.actions.theming import begin_theme, rename_theme
from corale.improve.errors import Incomplete, NotPermitted
from corale.improve.models import Theme, Voice
from corale.ledger.models import Fact
from corale.live.models import LiveEvent


def kinds(prefix: str) -> list[str]:
    return list(Fact.objects.filter(kind__startswith=prefix).order_by("pk").values_list("kind", flat=True))


def test_a_theme_counts_people_not_messages(world: Any, theme: Theme) -> None:
    again = world.says("giulia", "Allora, la sera?", to=theme.voices.first().message)  # type: ignore[union-attr]
    gather([again], theme, by=world.bruno)

    theme.refresh_from_db()
    assert (theme.voice_count, theme.message_count) == (5, 6)
    assert theme.last_voice_at == again.received_at


def test_gathering_twice_is_gathering_once(world: Any) -> None:
    theme = begin_theme("Guarnizioni", by=world.bruno)

    added = [gather([world.carlas_parcel], theme, by=world.bruno) for _ in range(2)]

    assert added == [1, 0]
    assert kinds("feedback") == ["feedback.gathered"]


def test_open_pages_learn_what_was_gathered_and_taken_out(world: Any) -> None:
    theme = begin_theme("Guarnizioni", by=world.bruno)
    LiveEvent.objects.all().delete()

    gather([world.carlas_parcel], theme, by=world.bruno)
    take_out(theme.voices.select_related("message__conversation").get(), by=world.bruno)

    told = LiveEvent.objects.filter(topic=f"conversation:{world.late_parcel.pk}")
    assert told.count() == 2


def test_what_is_taken_out_leaves_its_row_and_may_come_back(world: Any, theme: Theme) -> None:
    voice = theme.voices.select_related("message__conversation").order_by("pk")[0]
    take_out(voice, by=world.bruno)
    take_out(voice, by=world.bruno)
    theme.refresh_from_db()
    assert theme.voice_count == 4
    assert Voice.objects.get(pk=voice.pk).removed_by == world.bruno

    gather([voice.message], theme, by=world.anna)

    theme.refresh_from_db()
    assert theme.voice_count == 5
    assert kinds("feedback")[-2:] == ["feedback.removed", "feedback.gathered"]


def test_the_fact_says_who_spoke_and_who_gathered(world: Any) -> None:
    theme = begin_theme("Pacchi", by=world.anna)
    gather([world.carlas_parcel], theme, by=world.anna)

    fact = Fact.objects.get(kind="feedback.gathered")
    assert (fact.person_id, fact.by_id, fact.message_id) == (world.carla.pk, world.anna.pk, world.carlas_parcel.pk)
    assert fact.data == {"theme": theme.pk}


def test_our_own_words_are_no_feedback(world: Any) -> None:
    from corale.conversations.actions.noting import note

    theme = begin_theme("Pacchi", by=world.anna)

    assert gather([note(world.late_parcel, "Chiamo io", by=world.anna)], theme, by=world.anna) == 0


def test_who_has_left_gathers_nothing(world: Any) -> None:
    theme = begin_theme("Pacchi", by=world.anna)
    with pytest.raises(NotPermitted):
        gather([world.carlas_parcel], theme, by=world.dario)


def test_a_theme_of_the_same_name_is_the_same_theme(world: Any) -> None:
    assert begin_theme("  Pacchi  lenti ", by=world.anna) == begin_theme("pacchi lenti", by=world.bruno)


def test_a_theme_has_a_name(world: Any) -> None:
    theme = begin_theme("Pacchi", by=world.anna)
    with pytest.raises(Incomplete):
        rename_theme(theme, "   ", by=world.anna)
