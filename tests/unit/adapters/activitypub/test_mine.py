"""A colleague chooses to have a public profile, and what becomes of it (D9)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corale.adapters.activitypub import own, profiles
from corale.adapters.activitypub.models import Activity, Actor, Follower
from corale.jobs.drain import drain
from corale.ledger.audit import AuditEntry
from corale.people.actions.employ import dismiss, employ
from tests.unit.adapters.activitypub.drawing import drawn

PAGE = "/people/me/public/"
SAID = {"name": "bruno", "summary": "I grind.", "shows_role": "on", "is_discoverable": "on"}


@pytest.fixture
def bruno(client, house, world):
    """He has no public profile yet."""
    world.bruno.title, world.bruno.ask_me_about = "Miller", "mills"
    world.bruno.save()
    client.force_login(world.bruno.user)
    return client


def his() -> Actor:
    return Actor.objects.get(name="bruno")


def test_he_has_none_until_he_chooses_to(bruno, world):
    page = bruno.get(PAGE).content.decode()

    assert 'value="bruno"' in page  # suggested
    assert not Actor.objects.filter(person=world.bruno).exists()
    assert own.actor_for(world.bruno.pk) is None


def test_he_chooses_a_name_and_what_is_shown(bruno, world):
    picture = SimpleUploadedFile("me.png", drawn(), "image/png")
    answer = bruno.post(PAGE, SAID | {
        "picture": picture, "label_1": "Mine", "address_1": "https://bruno.test/", "address_2": "https://b.test/x",
    })  # fmt: skip

    assert answer["Location"] == PAGE
    assert his().person == world.bruno
    assert his().links == [["Mine", "https://bruno.test/"], ["b.test", "https://b.test/x"]]
    assert (his().shows_role, his().shows_topics, his().is_indexable) == (True, False, False)
    assert his().picture is not None
    assert AuditEntry.objects.get(verb="fediverse.profile_shown").detail == {"handle": "@bruno@molino.test"}
    page = bruno.get("/@bruno").content.decode()
    assert "Miller" in page
    assert "mills" not in page


def test_he_sees_it_before_anybody_else_does(bruno):
    picture = SimpleUploadedFile("me.png", drawn(), "image/png")
    page = bruno.post(PAGE, SAID | {"picture": picture, "preview": "1"}).content.decode()
    kept = page.split('name="kept" value="')[1].split('"')[0]

    assert "As everybody will see it" in page
    assert "I grind." in page
    assert "/pictures/" in page
    assert not Actor.objects.filter(name="bruno").exists()
    bruno.post(PAGE, SAID | {"kept": kept})
    assert his().picture is not None


@pytest.mark.parametrize(
    "said",
    [{"name": "molino"}, {"name": "B R"}, {"address_1": "javascript:alert(1)"}, {"address_1": "ftp://b.test"},
     {"picture": SimpleUploadedFile("x.png", b"not a picture", "image/png")}, {"summary": "x" * 501}],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_is_shown(bruno, said):
    answer = bruno.post(PAGE, SAID | said)

    assert answer.status_code == 422
    assert not Actor.objects.filter(name="bruno").exists()


def test_a_picture_of_somebody_elses_cannot_be_named(bruno):
    bruno.post(PAGE, SAID | {"kept": "1"})

    assert his().picture is None


def test_a_name_is_never_changed_nor_given_again(bruno, world, client):
    bruno.post(PAGE, SAID)
    key = his().public_key
    bruno.post(PAGE, SAID | {"name": "other", "summary": "I still grind."})

    assert (his().summary, his().public_key) == ("I still grind.", key)
    assert not Actor.objects.filter(name="other").exists()
    client.force_login(world.anna.user)
    assert client.post(PAGE, SAID).status_code == 422


def test_whoever_follows_him_is_told_of_changes(bruno, carla):
    bruno.post(PAGE, SAID)
    Follower.objects.create(actor=his(), remote=carla, uri="x", state="accepted")
    bruno.post(PAGE, SAID | {"summary": "News."})

    [told] = Activity.objects.filter(kind="Update")
    assert "News." in told.body
    assert told.dispatches.get().inbox == carla.inbox


def test_he_pauses_and_goes_on(bruno, world):
    bruno.post(PAGE, SAID)
    bruno.post(f"{PAGE}state/", {"verb": "pause"})
    assert his().state == "paused"
    assert own.actor_for(world.bruno.pk) is None
    assert "Paused" in bruno.get(PAGE).content.decode()

    bruno.post(f"{PAGE}state/", {"verb": "go_on"})
    assert own.actor_for(world.bruno.pk) == his()
    assert AuditEntry.objects.filter(verb__startswith="fediverse.profile_").count() == 3


def test_he_leaves_and_may_come_back_under_the_same_name(bruno, says):
    bruno.post(PAGE, SAID)
    post = says(his(), "I said that.")
    bruno.post(f"{PAGE}state/", {"verb": "leave"})

    assert his().state == "left"
    assert "I said that." in bruno.get(post.document["url"].removeprefix("https://molino.test")).content.decode()
    bruno.post(f"{PAGE}state/", {"verb": "go_on"})
    assert his().state == "active"


def test_nobody_does_it_for_him(client, bruno, world):
    bruno.post(PAGE, SAID)
    client.force_login(world.franca.user)

    assert client.post(f"{PAGE}state/", {"verb": "pause"}).status_code == 404
    assert "@bruno" not in client.get(f"/people/{world.bruno.pk}/public/piece/").content.decode()
    assert his().state == "active"


def test_when_he_no_longer_works_here_the_profile_says_so(bruno, world):
    bruno.post(PAGE, SAID)
    employ(world.bruno.user)
    dismiss(world.bruno.user)
    drain()

    assert his().state == "left"
    assert "no longer speaks for Molino" in bruno.get("/@bruno").content.decode()
    profiles.go_on(his())
    assert his().state == "left"  # not while he does not work here


def test_whoever_is_back_before_that_is_known_is_left_alone(bruno, world):
    bruno.post(PAGE, SAID)
    dismiss(world.bruno.user)
    employ(world.bruno.user)
    drain()

    assert his().state == "active"


def test_his_profile_here_says_whether_the_world_sees_him(bruno, world):
    assert f"/people/{world.bruno.pk}/public/piece/" in bruno.get("/people/me/").content.decode()
    assert "in the name of the company" in bruno.get(f"/people/{world.bruno.pk}/public/piece/").content.decode()
    bruno.post(PAGE, SAID)
    assert "@bruno@molino.test" in bruno.get(f"/people/{world.bruno.pk}/public/piece/").content.decode()


def test_while_the_company_is_not_there_nobody_is(client, world):
    client.force_login(world.anna.user)

    assert "not on the fediverse yet" in client.get(PAGE).content.decode()
    client.post(PAGE, SAID)
    assert not Actor.objects.exists()


@pytest.mark.parametrize(
    ("name", "taken", "suggested"),
    [("Bruno Galli", [], "bruno"), ("Bruno Galli", ["bruno"], "bruno.galli"), ("Zoë Müller", [], "zoe"),
     ("Bruno Galli", ["bruno", "bruno.galli"], "bruno.galli2"), ("李雷", [], ""), ("Admin", [], "admin2")],
)  # fmt: skip
def test_a_free_name_is_suggested(house, world, name, taken, suggested):
    for each in taken:
        own.make_actor("person", each)
    world.bruno.name = name

    assert profiles.suggested_name(world.bruno) == suggested
