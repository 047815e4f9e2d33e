"""Turning the fediverse on, and choosing to have a public profile."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from corale.accounts.policies import ADMIN_MODE
from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Actor
from tests.support.accessibility import assert_accessible


def in_admin_mode() -> None:
    """Whoever is signed in is in the middle of administration."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        session[ADMIN_MODE] = time.time() + 600
        session.save()


def test_an_administrator_turns_it_on_and_the_first_message_is_awaited(visit, world):
    page = visit("/channels/", world.franca)
    in_admin_mode()
    page.get_by_role("link", name="Turn on the fediverse").click()
    assert_accessible(page)
    assert "can never change afterwards" in page.content()
    page.get_by_role("link", name="Go on").click()
    page.get_by_label("Name before the @").fill("molino")
    page.get_by_label("Name", exact=True).fill("Molino")
    page.get_by_label("I only want to try it").check()
    assert_accessible(page)
    page.get_by_role("button", name="Turn it on").click()

    page.get_by_text("Now we listen").wait_for()
    page.goto("/channels/fediverse/")
    assert_accessible(page)
    page.goto("/channels/fediverse/people/")
    assert_accessible(page)


@pytest.mark.parametrize("look", [{}, {"phone": True, "dark": True}], ids=["wide", "phone-dark"])
def test_somebody_chooses_to_be_found_and_sees_it_beforehand(visit, world, product, settings, look):
    settings.CORALE_URL = product.url
    own.enable(name="molino", display_name="Molino")
    page = visit("/people/me/", world.bruno, **look)
    page.get_by_role("link", name="Have one").click()
    page.get_by_label("About you").fill("I know the machines.")
    page.get_by_role("button", name="Preview").click()
    assert page.get_by_role("region", name="As everybody will see it").get_by_text("I know the machines.").is_visible()
    assert_accessible(page)
    assert not Actor.objects.filter(kind="person").exists()

    page.get_by_role("button", name="Show my profile").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").wait_for()
    assert Actor.objects.get(kind="person").state == "paused"
