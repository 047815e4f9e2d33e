"""From somebody's words to a theme, a decision, and a word back to each who asked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from corale.conversations.models import Message
from corale.improve.actions.gathering import gather
from corale.improve.actions.theming import begin_theme
from corale.improve.models import Decision, ReportBack, Theme
from corale.people.models import Person
from tests.support.accessibility import assert_accessible


@pytest.fixture
def evening(world) -> Theme:
    """Two people want their parcels in the evening."""
    theme = begin_theme("Consegne la sera", by=world.anna)
    gather([world.says(who, "Si può la sera?") for who in ("giulia", "marco")], theme, by=world.anna)
    return theme


def test_the_loop_from_a_word_to_telling_back(visit, world, evening):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    theirs = page.locator(f"#m{world.carlas_parcel.pk}")
    theirs.hover()
    theirs.get_by_role("link", name="Gather into a theme").click()
    page.get_by_role("button", name=re.compile("Consegne la sera")).click()
    expect(page.locator(".toast")).to_contain_text("Gathered in “Consegne la sera”.")
    expect(theirs.get_by_role("link", name="Consegne la sera")).to_be_visible()
    expect(page.locator("#context")).to_contain_text("Themes they spoke in")

    page = visit(f"/improve/themes/{evening.pk}/", world.elena)
    expect(page.locator(".said")).to_have_count(3)
    page.get_by_role("link", name="Record a decision").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What was decided").fill("Consegne fino alle 21")
    page.get_by_label("Why", exact=True).fill("Chi lavora non è a casa.")
    page.locator(".said--choice").first.click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", name="Consegne fino alle 21")).to_be_visible()
    page.get_by_role("link", name="Mark the outcome").click()
    page.get_by_label("In Italian").fill("{name}, da lunedì portiamo i pacchi anche la sera.")
    page.get_by_role("button", name="Prepare the messages").click()

    first = page.locator("textarea").first
    expect(first).to_have_value("Carla, da lunedì portiamo i pacchi anche la sera.")
    first.fill("Carla, la sera si può. Grazie di averlo chiesto!")
    page.get_by_role("button", name="Send all 3 shown").click()
    expect(page.get_by_text("3 messages are on their way.")).to_be_visible()

    page.goto(f"/improve/decisions/{Decision.objects.get().pk}/")
    expect(page.locator(".told .badge", has_text="Told")).to_have_count(3, timeout=30_000)  # without reloading
    assert_accessible(page)
    told = Message.objects.filter(direction=Message.Direction.OUT, conversation=world.late_parcel)
    assert [message.text for message in told] == ["Carla, la sera si può. Grazie di averlo chiesto!"]
    assert set(ReportBack.objects.values_list("state", "reviewed_by")) == {("told", world.elena.pk)}


def test_gathering_can_be_taken_back_at_once(visit, world, evening):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    theirs = page.locator(f"#m{world.carlas_parcel.pk}")
    theirs.hover()
    theirs.get_by_role("link", name="Gather into a theme").click()
    page.get_by_label("Find a theme").fill("nothing like it")
    expect(page.locator(".choices")).to_contain_text("begin it below")
    page.get_by_label("A new theme").fill("Pacchi lenti")
    page.get_by_label("A new theme").press("Enter")
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".toast")).to_have_count(0)
    assert Theme.objects.get(name="Pacchi lenti").voice_count == 0


def test_everything_works_without_scripts(visit, world, evening):
    page = visit(f"/improve/gather/{world.carlas_parcel.pk}/", world.anna, scripts=False)
    page.get_by_role("button", name=re.compile("Consegne la sera")).click()
    page.wait_for_url(re.compile(rf"/desk/c/{world.late_parcel.pk}/"))

    evening.refresh_from_db()
    assert evening.voice_count == 3


@pytest.mark.parametrize("address", ["/improve/", "/improve/decisions/", "/people/", "/people/me/"])
def test_the_pages_are_for_everybody_on_a_phone_in_the_dark_in_italian(visit, world, evening, address):
    Person.objects.filter(pk=world.anna.pk).update(language="it")
    page = visit(address, world.anna, phone=True, dark=True, language="it")

    expect(page.locator("html")).to_have_attribute("lang", "it")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def test_a_person_stands_on_one_page_with_everything_said(visit, world, evening):
    page = visit(f"/people/{world.carla.pk}/", world.anna)

    expect(page.locator(".said")).to_have_count(3)
    expect(page.get_by_text("Grazie del pane di ieri!")).to_be_visible()
    assert_accessible(page)
