"""Moderating the fediverse: rules, files of them, reports, quarantine, on wide and narrow screens, light and dark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corale.adapters.activitypub import own
from corale.adapters.activitypub.inbox import refusing
from corale.adapters.activitypub.models import Complaint, RemoteActor, Server
from corale.channels.keys import key_of
from corale.conversations.actions.quarantining import put_again
from corale.people.models import Identity, Person
from tests.browser.test_public_settings import in_admin_mode
from tests.support.accessibility import assert_accessible

LOOKS = [{}, {"phone": True, "dark": True}, {"language": "it"}]
IDS = ["wide", "phone-dark", "italian"]
FILE = "#domain,#severity\nbad.test,suspend\nloud.test,silence\nb*d.test,suspend\nodd.test,destroy\n"
SHOTS = os.environ.get("SHOTS", "")


def look_at(page, name: str) -> None:
    """Whoever wants pictures of the walk says where to put them."""
    assert_accessible(page)
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.fixture
def carla(world, product, settings):
    """The company is on the fediverse; Carla is there too, and her server complains."""
    settings.CORALE_URL = product.url
    own.enable(name="molino", display_name="Molino")
    there = Server.objects.create(host="peer.test", software="mastodon 4.5.1", failures=4)
    uri = "https://peer.test/users/carla"
    RemoteActor.objects.create(
        key=key_of(uri), uri=uri, server=there, kind="Person", handle="carla@peer.test", inbox=f"{uri}/inbox"
    )
    Identity.objects.create(person=world.carla, platform="activitypub", stable_id=uri, handle="carla@peer.test")
    Complaint.objects.create(
        key=1, uri="", server=there, by_uri="https://peer.test/actor", words="They advertise under everything.",
        about=[own.brand().uri],
    )  # fmt: skip
    for reason, host in (("wrong_signature", "bad.test"), ("too_many", "loud.test"), ("unsigned", "")):
        refusing.count(reason, host)
    return world.carla


@pytest.mark.parametrize("look", LOOKS, ids=IDS)
def test_every_page_of_moderation_is_for_everybody(visit, world, carla, look, request):
    Person.objects.filter(pk=world.franca.pk).update(language=look.get("language", "en"))
    page = visit("/channels/fediverse/moderation/", world.franca, **look)
    in_admin_mode()
    name = request.node.callspec.id
    for place in (
        "moderation/", "moderation/refused/wrong_signature/", "servers/", f"servers/{Server.objects.get().pk}/",
        "servers/new/", "servers/import/", "reports/", "reports/?which=ours",
    ):  # fmt: skip
        page.goto(f"/channels/fediverse/{place}")
        look_at(page, f"{name}-{place.strip('/').replace('/', '-').replace('?', '-')}")
    page.goto(f"/people/{carla.pk}/fediverse/report/")
    look_at(page, f"{name}-report")


def test_rules_are_brought_in_from_a_file_after_a_look_and_taken_back(visit, world, carla):
    page = visit("/channels/fediverse/servers/", world.franca)
    in_admin_mode()
    page.get_by_role("link", name="Import rules").click()
    file = {"name": "domain_blocks.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_text("Line 4:").wait_for()
    look_at(page, "preview")
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("button", name="Take all of it back").wait_for()
    assert Server.objects.get(host="bad.test").is_blocked
    look_at(page, "imported")
    page.goto("/channels/fediverse/servers/?only=ruled")
    page.get_by_role("link", name="bad.test").click()
    look_at(page, "ruled")
    page.go_back()
    page.goto("/channels/fediverse/servers/import/")
    page.get_by_role("link", name="domain_blocks.csv").click()
    page.get_by_role("button", name="Take all of it back").click()
    page.get_by_text("as they were").first.wait_for()

    assert not Server.objects.get(host="bad.test").is_ruled


@pytest.mark.parametrize("look", LOOKS, ids=IDS)
def test_what_waits_in_quarantine_says_why_and_is_let_in(visit, world, carla, look, request):
    held = world.late_parcel
    put_again(held, by=world.franca)
    page = visit(f"/desk/c/{held.pk}/?view=quarantine", world.franca, **look)
    page.locator("#held").wait_for()
    look_at(page, f"{request.node.callspec.id}-quarantine")
    page.locator('button[name="do"][value="in"]').click()
    page.locator("#held").wait_for(state="detached")
    held.refresh_from_db()

    assert held.state != "quarantine"


def test_somebody_is_muted_by_a_key_beside_the_conversation(visit, world, carla):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.franca)
    page.get_by_role("button", name="Mute").wait_for()
    look_at(page, "beside")
    page.keyboard.press("Shift+m")
    page.get_by_role("button", name="Unmute").wait_for()

    assert RemoteActor.objects.get().is_muted
