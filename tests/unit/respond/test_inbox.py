"""The list of conversations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from corale.conversations.actions.labelling import label, label_named, prioritise
from corale.conversations.actions.noting import note
from corale.conversations.models import Conversation, Message, ReadMark
from corale.respond.trays import TRAYS
from corale.search.index import index_all
from corale.search.models import Pending

DESK = "/desk/"


def names(response: Any) -> list[str]:
    return [row.preview for row in response.context["listing"].rows]


def test_the_newest_stands_first_and_only_what_is_open(desk, says):
    says("older", ago=timedelta(hours=2))
    says("newer", ago=timedelta(hours=1))
    says("done", state=Conversation.State.CLOSED)

    assert names(desk.get(DESK)) == ["newer", "older"]


def test_a_page_of_the_list_costs_six_queries_however_long_it_is(
    desk, says, anna, bruno, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("corale.design.frame._banners", [])  # banners of other rooms ask for themselves
    for number in range(60):
        conversation = says(f"words {number}", assignee=bruno)
        label(conversation, label_named(f"label {number % 4}"), by=anna)
    desk.get(DESK)

    with django_assert_num_queries(6):
        response = desk.get(DESK)

    assert len(response.context["listing"].rows) == 50


def test_the_end_of_the_list_is_reached_by_places_and_says_so(desk, says):
    at = timezone.now()
    for number in range(120):
        says(f"words {number}", last_activity_at=at)  # all at the same moment
    seen, url = [], DESK
    while url:
        response = desk.get(url)
        seen += names(response)
        url = response.context["later"]

    assert len(seen) == len(set(seen)) == 120
    assert "That is the end." in response.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "state:open,closed,waiting",
        "-state:spam,trash,snoozed",
        "channel:paper state:open,closed,waiting",
        "label:all -state:spam",
    ],
)
def test_a_list_of_several_states_is_one_list(desk, says, anna, typed):
    every = label_named("all")
    for number in range(60):
        conversation = says(
            f"words {number}", ago=timedelta(minutes=number), state=("open", "closed", "waiting")[number % 3]
        )
        label(conversation, every, by=anna)
    says("buy", state="spam")
    first = desk.get(DESK, {"q": typed})
    second = desk.get(first.context["later"])

    assert names(first) + names(second) == [f"words {number}" for number in range(60)]
    assert second.context["later"] == ""


def test_waiting_longest_begins_with_who_has_waited_longest(desk, says):
    says("an hour", ago=timedelta(hours=1))
    says("a day", ago=timedelta(days=1))
    says("nobody waits", waiting_since=None)

    assert names(desk.get(DESK, {"sort": "waiting"})) == ["a day", "an hour"]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("mine", ["hers"]),
        ("unassigned", ["nobody's"]),
        ("open", ["nobody's", "his", "hers"]),
        ("waiting", ["we wait"]),
        ("snoozed", ["later"]),
        ("closed", ["done"]),
        ("spam", ["buy"]),
        ("trash", ["away"]),
    ],
)
def test_each_tray_shows_what_belongs_there(desk, says, anna, bruno, view, expected):
    says("hers", assignee=anna)
    says("his", assignee=bruno)
    says("nobody's")
    says("we wait", state="waiting")
    says("later", state="snoozed", snoozed_until=timezone.now() + timedelta(days=1))
    says("done", state="closed")
    says("buy", state="spam")
    says("away", state="trash")

    assert names(desk.get(DESK, {"view": view})) == expected


def test_a_note_that_speaks_to_somebody_stands_among_their_mentions(desk, says, anna, bruno):
    note(says("a question"), "@Anna Ferri can you look?", by=bruno, mentions=[anna])

    response = desk.get(DESK, {"view": "mentions"})

    assert [row.words for row in response.context["listing"].rows] == ["@Anna Ferri can you look?"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("from:carla", ["parts"]),
        ("from:bianchi", ["parts"]),
        ("from:dario", []),
        ("label:parts", ["parts"]),
        ("-label:parts", ["old"]),
        ("created:>7d", ["parts"]),
        ("created:<7d", ["old"]),
        ("is:unassigned channel:paper", ["parts", "old"]),
        ("state:closed", ["done"]),
        ("state:open,closed -is:unread", ["read"]),
        ("assignee:me", ["mine"]),
    ],
)
def test_the_filter_finds_what_is_asked(desk, says, anna, bruno, typed, expected):
    parts = says("parts")
    label(parts, label_named("parts"), by=anna)
    if typed in ("-label:parts", "created:<7d", "is:unassigned channel:paper"):
        says("old", ago=timedelta(days=30), created_at=timezone.now() - timedelta(days=30))
    if typed == "state:closed":
        says("done", state="closed")
    if typed.startswith("state:open"):
        read = says("read")
        ReadMark.objects.create(person=anna, conversation=read, message_id=read.last_message_id)
    if typed == "assignee:me":
        says("mine", assignee=anna)

    assert names(desk.get(DESK, {"q": typed})) == expected


def test_words_are_found_in_every_message_with_accents_folded(desk, says):
    found = says("la caffettiera è rotta", "e adesso?")
    says("rotta la sedia")
    Pending.objects.bulk_create(Pending(kind=0, object_id=pk) for pk in Message.objects.values_list("pk", flat=True))
    index_all()

    assert names(desk.get(DESK, {"q": '"CAFFETTIERA e rotta"'})) == ["e adesso?"]
    assert names(desk.get(DESK, {"q": "caffett* -sedia"})) == ["e adesso?"]
    assert names(desk.get(DESK, {"q": "teiera"})) == []
    assert found.message_count == 2


def test_a_filter_that_cannot_be_read_says_what_to_do_and_keeps_the_words(desk, says):
    says("words")

    response = desk.get(DESK, {"q": 'label:"nobody made this'})

    assert response.status_code == 400
    assert "quotation mark" in response.content.decode()
    assert "nobody made this" in response.content.decode()


def test_a_label_that_is_not_there_is_told(desk):
    assert "no label" in desk.get(DESK, {"q": "label:x"}).content.decode()


def test_hostile_words_stay_words(desk, says):
    says("<script>alert(1)</script> \u202e reversed")

    page = desk.get(DESK).content.decode()

    assert "<script>alert(1)" not in page
    assert "\u202e reversed\u202c" in page


def test_at_most_two_labels_stand_in_a_row_and_one_beside_an_urgency(desk, says, anna):
    for words, priority in (("calm", 0), ("urgent", 2)):
        conversation = says(words)
        for name in ("parts", "repair", "warranty"):
            label(conversation, label_named(name), by=anna)
        prioritise(conversation, priority, by=anna)

    rows = desk.get(DESK).context["listing"].rows

    assert [(len(row.labels), row.more_labels) for row in rows] == [(1, 2), (2, 1)]


def test_the_list_does_not_repeat_what_was_taken_back(desk, says):
    says("I should not have said this")
    Message.objects.update(state=Message.State.DELETED)

    page = desk.get(DESK).content.decode()

    assert "Deleted by who wrote it" in page
    assert "I should not have said this" not in page


def test_unread_is_told_by_more_than_weight(desk, says):
    says("new")

    assert "row--unread" in (page := desk.get(DESK).content.decode())
    assert "unread" in page


def test_an_empty_tray_says_what_to_do_next(desk, says):
    says("words", state="closed")

    assert "connected?" in desk.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("role", "offered", "not_offered"),
    [
        ("member", "A coordinator does that", "Connect an account"),
        ("coordinator", "Connect an account", "Load the demo company"),
        ("administrator", "Load the demo company", "A coordinator does that"),
    ],
)
def test_in_the_first_minute_the_desk_says_how_anything_can_arrive(desk, anna, role, offered, not_offered):
    anna.user.role = role
    anna.user.save()

    page = desk.get(DESK).content.decode()

    assert "Nothing can arrive yet" in page
    assert offered in page
    assert not_offered not in page


def test_the_line_names_who_spoke_last_when_it_was_somebody_else(desk, says, somebody_else):
    conversation = says("Who knows?")
    row = desk.get(DESK).content.decode()
    assert "Carla Bianchi:" not in row

    says("I do!", to=conversation, by=somebody_else)

    assert '<span class="row__you">Dora Lentini:</span> I do!' in desk.get(DESK).content.decode()


def test_the_first_message_of_a_new_account_is_shown_where_it_was_connected(desk, says, connection):
    says("Hello, first!")
    address = reverse("respond:heard", args=[connection.pk])

    part = desk.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "Hello, first!" in part and "Carla Bianchi" in part and "<html" not in part
    assert "Hello, first!" not in desk.get(reverse("respond:heard", args=[connection.pk + 1])).content.decode()


def test_nobody_reads_the_desk_without_signing_in(client, says):
    says("secret")

    response = client.get(DESK)

    assert response.status_code == 302
    assert "secret" not in response.content.decode()


def test_news_counts_what_came_since(desk, says):
    since = timezone.now().timestamp()
    says("new", last_activity_at=timezone.now() + timedelta(seconds=1))

    assert "1 new" in desk.get("/desk/news/", {"since": since}).content.decode()
    assert "new" not in desk.get("/desk/news/", {"since": since + 60}).content.decode()
    assert desk.get("/desk/news/", {"since": "nonsense"}).status_code == 204


@pytest.mark.parametrize("tray", TRAYS)
def test_every_tray_opens(desk, tray: str):
    assert desk.get(f"/desk/?view={tray}").status_code == 200
