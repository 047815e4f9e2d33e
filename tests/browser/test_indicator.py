"""From a number to the very words it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from corale.channels.models import Connection
from corale.indicator.taking import take
from corale.ledger.models import Fact
from tests.support.accessibility import assert_accessible


@pytest.fixture
def answered_quickly(world) -> None:
    """Eighty people asked; four in five have an answer within two hours; Carla still waits for hers."""
    now, bluesky = timezone.now(), Connection.objects.order_by("pk").first()
    facts = []
    for number in range(80):
        asked = now - timedelta(days=20, hours=number)
        place = {"person_id": 9000 + number, "conversation_id": 9000 + number, "message_id": 9000 + number}
        data = {"addressed": True, "kind": "reply", "direct": False}
        place["connection_id"] = bluesky.pk if bluesky else 1
        facts.append(Fact(kind="message.received", at=asked, data=data, **place))
        if number % 5:
            answer = asked + timedelta(minutes=3 * number / 2 + 1)
            facts.append(Fact(kind="message.answered", at=answer, by_id=world.anna.pk, data={}, **place))
    Fact.objects.bulk_create(facts)
    take(demo=False, days=91)


def test_a_number_opens_its_rows_and_a_row_its_conversation(visit, world, answered_quickly):
    page = visit("/indicator/", world.anna)
    response = page.get_by_role("region", name="Response")
    expect(response.get_by_text("% %")).to_have_count(0)
    expect(response.locator(".measure").first.locator(".measure__number")).to_contain_text("%")
    assert_accessible(page)

    response.locator(".measure").nth(1).get_by_role("link", name="Counted against").click()
    carlas = page.get_by_role("link", name="Carla").first
    expect(carlas).to_be_visible()
    assert_accessible(page)

    carlas.click()
    expect(page).to_have_url(f"{page.url.split('/desk/')[0]}/desk/c/{world.late_parcel.pk}/")


def test_small_samples_say_what_is_missing_instead_of_a_number(visit, world, answered_quickly):
    page = visit("/indicator/", world.anna)

    expect(page.locator(".dimension--phi")).to_contain_text("Not enough yet")
    expect(page.get_by_role("region", name="Improvement").locator(".measure__number")).to_have_count(0)


@pytest.mark.parametrize("kind", [{}, {"phone": True}, {"dark": True}, {"language": "it"}, {"scripts": False}], ids=str)
def test_it_can_be_read_anywhere(visit, world, answered_quickly, kind):
    page = visit("/indicator/", world.anna, **kind)

    expect(page.locator(".measure").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_facts_and_the_definitions_can_be_read_by_everybody(visit, world, answered_quickly):
    page = visit("/indicator/", world.anna)
    page.get_by_role("main").get_by_role("link", name="Definitions").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)

    page.goto("/ledger/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("message.")
    assert_accessible(page)
