"""The pages of listening: to each colleague what they may see, and no more; one looks for all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from corale.conversations.actions.trashing import trash
from corale.demo.world import World
from corale.listen.actions.filtering import filter_all
from corale.listen.actions.querying import make
from corale.listen.models import Match, Query
from corale.listen.stream import passage, unseen
from corale.people.models import Person
from corale.respond.counts import counts_for
from corale.search.index import index_all

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def query(world: World) -> Query:
    """Elena listens for parcels; three came since, one of them in private."""
    made = make({"name": "Parcels", "required": "pacco"}, by=world.elena)
    for number in (1, 2):
        world.says("carla", f"Il pacco {number}, <b>ancora</b>")
    world.says("gino", "Il pacco, in privato", direct=True)
    index_all()
    filter_all()
    return made


def seen_by(person: Person, client: Client, name: str, *args: Any, **more: Any) -> str:
    client.force_login(person.user)
    return client.get(reverse(name, args=args), more).content.decode()


def test_the_stream_shows_newest_first_with_the_words_marked(world: World, query: Query, client: Client) -> None:
    html = seen_by(world.elena, client, "listening:query", query.pk)
    passages = re.findall(r"row__words[^>]*>(.*?)</p>", html)

    assert passages == [
        "Il <mark>pacco</mark>, in privato", f"Il <mark>pacco</mark> 2, {escape('<b>ancora</b>')}",
        f"Il <mark>pacco</mark> 1, {escape('<b>ancora</b>')}", str(passage(world.carlas_parcel.text, ["pacco"])),
    ]  # fmt: skip


def test_what_was_said_in_private_is_neither_shown_nor_counted(world: World, query: Query, client: Client) -> None:
    private = Match.objects.get(message__text__contains="privato")
    html = seen_by(world.bruno, client, "listening:query", query.pk)

    assert "in privato" not in html
    assert unseen([query], world.bruno) == {query.pk: 2}
    assert unseen([query], world.elena) == {query.pk: 3}
    assert [counts_for(each)["listening"] for each in (world.bruno, world.elena)] == [2, 3]
    assert client.get(reverse("listening:match", args=[private.pk])).status_code == 404
    assert client.post(reverse("listening:dismissal", args=[private.pk])).status_code == 404


def test_what_lies_in_the_trash_is_out_of_the_stream(world: World, query: Query) -> None:
    for match in Match.objects.select_related("message__conversation"):
        trash(match.message.conversation, by=world.elena)

    assert unseen([query], world.elena) == {query.pk: 0}


def test_opening_a_match_leads_to_the_message_and_counts_as_seen(world: World, query: Query, client: Client) -> None:
    match = query.matches.get(message__text__startswith="Il pacco 1")
    client.force_login(world.bruno.user)

    answer = client.get(reverse("listening:match", args=[match.pk]))

    assert answer["Location"] == reverse("search:message", args=[match.message_id])
    match.refresh_from_db()
    assert match.seen_by == world.bruno
    assert unseen([query], world.anna) == {query.pk: 1}


def test_marking_all_marks_what_one_may_see_and_was_there(world: World, query: Query, client: Client) -> None:
    html = seen_by(world.bruno, client, "listening:query", query.pk)
    upto = re.findall(r'name="upto" value="(\d+)"', html)[0]
    world.says("carla", "Il pacco 3")
    filter_all()

    client.post(reverse("listening:seen_all", args=[query.pk]), {"upto": upto})

    assert list(query.matches.unseen().order_by("pk").values_list("message__text", flat=True)) == [
        "Il pacco, in privato",
        "Il pacco 3",
    ]


def test_not_relevant_goes_out_of_the_stream_and_can_be_taken_back(world: World, query: Query, client: Client) -> None:
    match = query.matches.get(message__text__startswith="Il pacco 1")
    client.force_login(world.anna.user)

    answer = client.post(reverse("listening:dismissal", args=[match.pk]), headers=HTMX).content.decode()
    assert reverse("listening:relevance", args=[match.pk]) in answer
    assert "Il pacco 1" not in seen_by(world.anna, client, "listening:query", query.pk)

    client.post(reverse("listening:relevance", args=[match.pk]), headers=HTMX)
    assert "pacco</mark> 1" in seen_by(world.anna, client, "listening:query", query.pk)


def test_what_is_found_since_is_counted_and_waits_to_be_asked(world: World, query: Query, client: Client) -> None:
    html = seen_by(world.bruno, client, "listening:query", query.pk)
    address = re.findall(r'hx-get="([^"]+news[^"]+)"', html)[0]
    assert client.get(address).content.decode().strip() == ""
    world.says("carla", "Il pacco 3")
    world.says("gino", "Il pacco, ancora in privato", direct=True)
    filter_all()

    assert "1 more has been found since" in client.get(address).content.decode()


def test_seen_and_unseen_answer_with_the_row_as_it_stands(world: World, query: Query, client: Client) -> None:
    match = query.matches.get(message__text__startswith="Il pacco 1")
    client.force_login(world.anna.user)
    address = reverse("listening:seen", args=[match.pk])

    assert "row--unread" not in client.post(address, headers=HTMX).content.decode()
    assert "row--unread" in client.post(address, {"unseen": "1"}, headers=HTMX).content.decode()


def test_muting_an_author_and_hearing_them_again(world: World, query: Query, client: Client) -> None:
    match = query.matches.get(message__text__startswith="Il pacco 1")
    client.force_login(world.anna.user)
    client.post(reverse("listening:mute", args=[match.pk]))
    html = seen_by(world.anna, client, "listening:query", query.pk)
    assert "pacco</mark> 1" not in html

    client.post(reverse("listening:unmute", args=[query.pk, query.mutes.get().pk]))
    assert "pacco</mark> 1" in seen_by(world.anna, client, "listening:query", query.pk)


def test_only_who_made_it_and_coordinators_change_a_query(world: World, query: Query, client: Client) -> None:
    for person, status in ((world.bruno, 404), (world.franca, 200), (world.elena, 200)):
        client.force_login(person.user)
        assert client.get(reverse("listening:edit", args=[query.pk])).status_code == status
    client.post(reverse("listening:edit", args=[query.pk]), {"name": "Late", "either": 'mai, "in ritardo"'})
    filter_all()

    query.refresh_from_db()
    assert (query.name, query.required) == ("Late", "")
    assert query.matches.standing().get().message == world.carlas_parcel


def test_a_new_query_is_made_from_the_form(world: World, client: Client) -> None:
    client.force_login(world.anna.user)
    fields = {
        "name": "Late parcels", "near_first": "Pacco", "near_second": "ritardo", "near_within": "3",
        "languages": ["it"], "channels": ["demo"],
    }  # fmt: skip
    index_all()

    answer = client.post(reverse("listening:new"), fields)
    filter_all()

    made = Query.objects.get()
    assert answer["Location"] == reverse("listening:query", args=[made.pk])
    assert made.matches.get().message == world.carlas_parcel


@pytest.mark.parametrize(
    "fields",
    [
        {"required": "pacco"},
        {"name": "x"},
        {"name": "x", "languages": ["it"]},
        {"name": "x", "near_first": "pacco"},
        {"name": "x", "near_first": "pacco", "near_second": "in ritardo"},
        {"name": "x", "required": "pacco", "channels": ["telegraph"]},
    ],
)
def test_what_cannot_be_listened_for_is_refused_and_kept_in_the_form(world: World, client: Client, fields: Any) -> None:
    client.force_login(world.anna.user)

    answer = client.post(reverse("listening:new"), fields)

    assert answer.status_code == 422
    assert all(value in answer.content.decode() for value in fields.values() if isinstance(value, str))
    assert not Query.objects.exists()


def test_one_sees_how_many_it_would_find_before_saving(world: World, query: Query, client: Client) -> None:
    address = reverse("listening:count")
    for person, number in ((world.bruno, 3), (world.elena, 4)):
        client.force_login(person.user)
        assert f"<b>{number} messages</b>" in client.post(address, {"required": "PACCO"}, headers=HTMX).content.decode()
        page = client.post(address, {"name": "x", "required": "PACCO"}).content.decode()
        assert f"<b>{number} messages</b>" in page
        assert 'value="x"' in page
    assert client.post(address, {"languages": ["it"]}, headers=HTMX).status_code == 200


def test_the_list_says_what_is_unread_and_what_cannot_be_seen(world: World, query: Query, client: Client) -> None:
    html = seen_by(world.bruno, client, "listening:queries")

    assert re.search(r"Parcels</a> <span class=\"badge badge--count\">2 ", html)
    assert "does not search through networks" in html
    assert "world.test" in html


@pytest.mark.parametrize("name", ["listening:queries", "listening:query"])
def test_a_page_costs_the_same_however_much_was_found(world: World, query: Query, client: Client, name: str) -> None:
    counts = []
    client.force_login(world.bruno.user)
    args = [query.pk] if name == "listening:query" else []
    client.get(reverse(name, args=args))
    for _round in range(2):
        with CaptureQueriesContext(database) as queries:
            client.get(reverse(name, args=args))
        counts.append(len(queries))
        make({"name": "More", "required": "pacco"}, by=world.anna)
        for number in range(5):
            world.says(f"gino{number}", "Il pacco")
        filter_all()

    assert counts[0] == counts[1]


def test_a_long_stream_goes_on_where_it_stopped(world: World, query: Query, client: Client) -> None:
    for number in range(60):
        world.says("carla", f"Il pacco numero {number}")
    filter_all()
    first = seen_by(world.anna, client, "listening:query", query.pk)
    onward = re.findall(r'href="\?after=([^"]+)" rel="next"', first)[0]

    second = client.get(f"{reverse('listening:query', args=[query.pk])}?after={onward}").content.decode()

    assert len(re.findall(r'id="match-', first)) == 50
    assert len(re.findall(r'id="match-', second)) == 13
    assert not set(re.findall(r'id="match-\d+', first)) & set(re.findall(r'id="match-\d+', second))
