"""The search over everything: words, filters, people, themes; how far it looked; and the way to a message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corale.conversations.actions.noting import note
from corale.conversations.models import Conversation, Message
from corale.demo.world import World
from corale.improve.actions.theming import begin_theme
from corale.search import find
from corale.search.index import index_all
from corale.store.rows import is_postgresql
from corale.web import finding

SEARCH = "/search/"


@pytest.fixture
def anna(world: World, client: Client) -> Client:
    """Her browser, and everything that was said is indexed."""
    index_all()
    assert world.anna.user
    client.force_login(world.anna.user)
    return client


def asked(client: Client, words: str, **more: Any) -> list[str]:
    """The texts of the messages found."""
    response = client.get(SEARCH, {"q": words, **more})
    assert response.status_code == 200
    return [message.text for message in response.context["found"].messages]


def test_what_was_said_is_found_newest_first_with_the_words_marked(anna, world):
    now = timezone.now()
    world.says("carla", "il forno è caldo", at=now - timedelta(hours=2))
    world.says("carla", "il FORNÒ è freddo", at=now - timedelta(hours=1))
    index_all()

    assert asked(anna, "forno") == ["il FORNÒ è freddo", "il forno è caldo"]
    assert "<mark>FORNÒ</mark>" in anna.get(SEARCH, {"q": "forno"}).content.decode()


def test_notes_are_found_too_and_look_like_notes(anna, world):
    note(world.late_parcel, "la guarnizione costa tre euro", by=world.bruno)
    index_all()

    response = anna.get(SEARCH, {"q": "guarnizione euro"})

    assert [message.by for message in response.context["found"].messages] == [world.bruno]
    assert "badge--note" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lievito", ["lievito fresco", "lievito secco"]),
        ("lievito state:closed", ["lievito secco"]),
        ("lievito from:carla", ["lievito secco"]),
        ("lievito -from:carla", ["lievito fresco"]),
        ('"lievito fresco"', ["lievito fresco"]),
        ("liev* -secco", ["lievito fresco"]),
        ("channel:demo is:unread fresco", ["lievito fresco"]),
    ],
)
def test_words_and_filters_are_typed_together(anna, world, typed, expected):
    dry = world.says("carla", "lievito secco", at=timezone.now() - timedelta(hours=1))
    world.says("gino", "lievito fresco")
    Conversation.objects.filter(pk=dry.conversation_id).update(state="closed")
    index_all()

    assert asked(anna, typed) == expected


def test_best_first_prefers_the_message_in_which_the_words_stand_together(anna, world):
    now = timezone.now()
    world.says("carla", "pane di segale", at=now - timedelta(hours=2))
    world.says("carla", "pane " + "e tante altre cose da dire sulla giornata " * 6 + "segale", at=now)
    index_all()

    assert asked(anna, "pane segale", sort="best")[0] == "pane di segale"


def test_older_matches_are_reached_page_by_page(anna, world):
    for number in range(finding.PAGE + 7):
        world.says("carla", f"farina numero {number}", at=timezone.now() - timedelta(minutes=number))
    index_all()
    first = anna.get(SEARCH, {"q": "farina"})
    second = anna.get(SEARCH + first.context["older"])

    shown = [message.text for page in (first, second) for message in page.context["found"].messages]
    assert shown == [f"farina numero {number}" for number in range(finding.PAGE + 7)]
    assert second.context["older"] == ""


def test_a_walk_that_ends_early_says_how_far_it_looked_and_goes_on_from_there(anna, world, monkeypatch):
    monkeypatch.setattr(find, "WALKED", 5)
    oldest = world.says("gino", "acqua", at=timezone.now() - timedelta(days=1))
    for number in range(6):
        world.says("carla", "acqua", at=timezone.now() - timedelta(minutes=number))
    index_all()

    response = anna.get(SEARCH, {"q": "acqua from:gino"})
    further = anna.get(SEARCH + response.context["older"])

    assert "Looked through the newest 5 matches." in response.content.decode()
    assert [message.id for message in further.context["found"].messages] == [oldest.pk]


def test_people_and_themes_of_that_name_stand_above(anna, world):
    begin_theme("Carla's parcels", by=world.anna)
    index_all()

    found = anna.get(SEARCH, {"q": "carla"}).context["found"]

    assert found.people == [world.carla]
    assert [theme.name for theme in found.themes] == ["Carla's parcels"]


def test_what_was_deleted_is_not_found(anna, world):
    message = world.says("carla", "una parola avventata")
    index_all()
    Message.objects.filter(pk=message.pk).update(state=Message.State.DELETED)

    assert asked(anna, "avventata") == []


def test_the_page_costs_the_same_queries_for_one_match_and_for_fifty(
    anna, world, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("corale.design.frame._banners", [])  # banners of other rooms ask for themselves
    most = 9 + 2 * is_postgresql()  # which looks through the newest, and further, before it asks the index
    world.says("carla", "biscotti")
    index_all()
    anna.get(SEARCH, {"q": "biscotti"})
    with django_assert_max_num_queries(most):
        assert len(asked(anna, "biscotti")) == 1

    for number in range(60):
        world.says(f"person{number}", f"biscotti {number}")
    index_all()
    with django_assert_max_num_queries(most):
        assert len(asked(anna, "biscotti")) == finding.PAGE


@pytest.mark.parametrize(
    "typed", ["", "state:open", "-nothing", "zzzz", "*", "\x00", '"', "label:nobodys parcel", "a" * 2000]
)
def test_nothing_typed_is_an_error_of_ours(anna, typed):
    response = anna.get(SEARCH, {"q": typed})

    assert response.status_code in (200, 400)
    assert (response.status_code == 400) == bool(response.context["problem"])


def test_filters_alone_lead_to_the_list(anna):
    assert "/desk/?q=state%3Aclosed" in anna.get(SEARCH, {"q": "state:closed"}).content.decode()


def test_a_message_is_shown_where_it_stands_in_a_long_thread(anna, world):
    first = world.says("carla", "il principio")
    for number in range(60):
        world.says("carla", f"ancora {number}", to=first, at=timezone.now() + timedelta(seconds=number))

    response = anna.get(f"/search/m/{first.pk}/", follow=True)

    assert f'id="m{first.pk}"' in response.content.decode()


def test_the_palette_offers_people_themes_and_the_way_to_the_messages(anna, world):
    pieces = anna.get("/search/palette/", {"q": "carl"}).content.decode()

    assert f'href="/people/{world.carla.pk}/"' in pieces
    assert 'href="/search/?q=carl"' in pieces


def test_who_has_left_finds_nothing(anna, world):
    world.anna.user.is_active = False
    world.anna.user.save()

    assert anna.get(SEARCH, {"q": "pacco"}).status_code == 302
