"""At the desk: reading and answering by keyboard, on a phone, without scripts; a word to a colleague; what arrives."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from corale.conversations.actions.assigning import assign
from corale.conversations.actions.closing import close
from corale.conversations.actions.labelling import label, label_named
from corale.conversations.actions.noting import note
from corale.conversations.models import Conversation, Mention, Message
from corale.ledger.models import Fact
from corale.respond.actions.advising import advise
from corale.respond.models import Draft
from tests.support.accessibility import assert_accessible


def ours() -> list[Message]:
    return list(Message.objects.filter(direction=Message.Direction.OUT).order_by("id"))


def opened(page: Page, words: str) -> None:
    """The thread is there and the scripts have begun."""
    expect(page.locator("#thread")).to_contain_text(words)
    page.wait_for_function("window.htmx && document.querySelector('[data-controller~=composer]')")


def test_answering_by_keyboard_only(visit, world):
    page = visit("/desk/?sort=waiting", world.anna)
    expect(page.locator(".row").first).to_contain_text("pacco")

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    opened(page, "Il mio pacco")
    page.keyboard.press("r")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("Buongiorno Carla, arriva domani. — Anna")
    page.keyboard.press("Control+Enter")

    page.wait_for_url(re.compile(rf"/desk/c/{world.leaking_gasket.pk}/"))
    expect(page.locator(".toast")).to_contain_text("leaves in a moment")
    (answer,) = ours()
    assert (answer.by, answer.text, answer.language) == (world.anna, "Buongiorno Carla, arriva domani. — Anna", "it")
    page.keyboard.press("e")
    expect(page.locator(".desk__state")).to_contain_text("Closed")
    assert Conversation.objects.get(pk=world.leaking_gasket.pk).state == "closed"
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/desk/\?sort=waiting"))
    assert_accessible(page)


def test_taking_back_brings_the_words_into_the_composer(visit, world):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(page, "pacco")
    page.locator("#words").fill("Domani!")
    page.get_by_role("button", name="Send", exact=True).click()

    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#words")).to_have_value("Domani!")
    assert not ours()


def test_a_note_names_a_colleague_and_reaches_them_without_reloading(visit, world):
    bruno = visit("/desk/?view=unassigned", world.bruno)
    page = visit(f"/desk/c/{world.leaking_gasket.pk}/", world.anna)
    opened(page, "guarnizione")

    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("@Bru")
    expect(page.get_by_role("option", name="Bruno Galli")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("la guarnizione è la 31?")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".message--note")).to_contain_text("@Bruno Galli la guarnizione è la 31?")
    assert Mention.objects.get().person == world.bruno
    expect(bruno.locator("a[href$='view=mentions'] .navigation__count")).to_have_text("1")


def test_what_arrives_waits_behind_a_bar_and_moves_nothing(visit, world):
    page = visit("/desk/", world.anna)
    expect(page.locator(".row")).to_have_count(3)

    world.says("elsa", "Avete il pane di segale?")

    expect(page.locator("#news")).to_contain_text("1 new")
    expect(page.locator(".row")).to_have_count(3)
    bar, first = page.locator("#news a").bounding_box(), page.locator(".row").first.bounding_box()
    assert bar["y"] + bar["height"] <= first["y"], "it lies over somebody's name"
    page.locator("#news a").click()
    expect(page.locator(".row").first).to_contain_text("pane di segale")


def test_the_thread_grows_while_one_writes_and_the_guard_stops(visit, world):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(page, "pacco")
    page.locator("#words").fill("Mi dispiace!")

    world.says("carla", "È arrivato ora, grazie!", to=world.carlas_parcel)

    expect(page.locator("#thread")).to_contain_text("È arrivato ora")
    expect(page.locator("#words")).to_have_value("Mi dispiace!")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".guard")).to_contain_text("È arrivato ora")
    assert not ours()
    assert_accessible(page)
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator(".toast")).to_contain_text("leaves in a moment")
    assert len(ours()) == 1


def test_colleagues_see_who_writes(visit, world):
    anna = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(anna, "pacco")
    bruno = visit(f"/desk/c/{world.late_parcel.pk}/", world.bruno)
    opened(bruno, "pacco")

    expect(anna.locator("#present")).to_contain_text("Bruno Galli looks at it")
    bruno.locator("#words").fill("Io")
    expect(anna.locator("#present")).to_contain_text("Bruno Galli writes an answer")
    bruno.close()
    expect(anna.locator("#present")).not_to_contain_text("Bruno")


def test_a_draft_survives_leaving_the_page(visit, world):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(page, "pacco")

    page.locator("#words").press_sequentially("Cara Carla")
    expect(page.locator(".composer__saved")).to_contain_text("Saved at")
    page.goto("/desk/?view=drafts")

    expect(page.locator(".row")).to_contain_text("Cara Carla")
    assert Draft.objects.get().person == world.anna


def test_on_a_phone_one_pane_at_a_time(visit, world):
    page = visit("/desk/", world.anna, phone=True, dark=True)
    expect(page.locator("#list")).to_be_visible()
    expect(page.locator("#main")).not_to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Carla").first.click()
    opened(page, "Grazie del pane")
    expect(page.locator("#list")).not_to_be_visible()
    page.locator("#words").fill("Grazie a lei!")
    page.get_by_role("button", name="Send", exact=True).click()

    page.wait_for_url(re.compile(rf"/desk/c/{world.leaking_gasket.pk}/"))
    assert_accessible(page)
    page.get_by_role("link", name="Back to the list").first.click()
    expect(page.locator("#list")).to_be_visible()
    assert ours()[0].text == "Grazie a lei!"


def test_reading_and_answering_without_scripts(visit, world):
    page = visit("/desk/", world.anna, scripts=False)
    page.locator(".row", has_text="guarnizione").get_by_role("link").click()
    expect(page.locator("#thread")).to_contain_text("La guarnizione della macchina perde acqua.")

    page.locator("#words").fill("Le mando il pezzo oggi.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("leaves in a moment")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#words")).to_have_value("Le mando il pezzo oggi.")
    page.get_by_role("button", name="Send", exact=True).click()

    assert [message.text for message in ours()] == ["Le mando il pezzo oggi."]


def test_many_are_closed_with_a_few_keys_and_brought_back(visit, world):
    page = visit("/desk/", world.anna)
    expect(page.locator(".row")).to_have_count(3)
    page.wait_for_function("window.Stimulus || document.querySelector('.selection[hidden]')")

    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".selection")).to_contain_text("2 selected")
    page.locator(".selection").get_by_role("button", name="Close").click()
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".row")).to_have_count(3)
    assert set(Conversation.objects.values_list("state", flat=True)) == {"open"}


def test_a_verb_by_its_key_means_the_row_one_stands_on(visit, world):
    page = visit("/desk/", world.anna)
    page.wait_for_function("document.querySelector('.selection[hidden]')")

    page.keyboard.press("e")
    page.keyboard.press("j")
    page.keyboard.press("e")

    expect(page.locator(".row")).to_have_count(2)
    assert Conversation.objects.get(state="closed") == world.thanks


def test_five_seconds_before_ones_eyes_are_reading(visit, world):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(page, "pacco")

    with page.expect_response(re.compile("/reading/")):
        page.bring_to_front()

    fact = Fact.objects.get(kind="conversation.read")
    assert (fact.by_id, fact.data["messages"]) == (world.anna.pk, [world.carlas_parcel.pk])


@pytest.mark.parametrize("kind", [{}, {"dark": True, "language": "it"}], ids=["light", "dark-italian"])
def test_every_kind_of_page_can_be_used_by_everybody(visit, world, kind):
    note(world.late_parcel, "tra noi", by=world.bruno)
    label(world.late_parcel, label_named("corriere"), by=world.anna)
    close(world.thanks, by=world.anna)
    advise("Rispondiamo entro un giorno.", "# Come\n\n- con garbo", by=world.elena)
    page = visit("/desk/?view=trash", world.elena, **kind)
    addresses = ("/desk/?q=colour:red", f"/desk/c/{world.late_parcel.pk}/", "/desk/guideline/", "/desk/guideline/new/")

    assert_accessible(page)
    for address in addresses:
        page.goto(address)
        assert_accessible(page)
    page.goto(f"/desk/c/{world.late_parcel.pk}/")
    opened(page, "pacco")
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(page.locator("#label-name")).to_be_visible()
    assert_accessible(page)


def test_what_is_typed_right_after_the_key_is_written_and_means_no_verb(visit, world):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(page, "pacco")

    page.evaluate(  # faster than any frame is drawn: as a quick hand does on a slow machine
        """() => [..."r"].concat([..."ea"]).forEach((key) => {
            const at = document.activeElement;
            at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        })"""
    )

    expect(page.locator("#words")).to_be_focused()
    expect(page.locator(".desk__state")).to_contain_text("Open")
    expect(page.locator("details[open]")).to_have_count(0)


def test_the_palette_offers_what_fits_this_conversation_before_what_lies_elsewhere(visit, world):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(page, "pacco")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [role=option]").first).not_to_contain_text("Mine")

    page.keyboard.type("clo")
    expect(page.locator("#palette [role=option]").first).to_have_text(re.compile("^Close(e)?$"))
    page.keyboard.press("Enter")

    expect(page.locator(".toast")).to_be_visible()
    assert Conversation.objects.get(pk=world.late_parcel.pk).state == "closed"


def test_the_palette_does_what_it_offered_though_the_page_went_on_meanwhile(visit, world):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(page, "pacco")
    page.keyboard.press("Control+k")
    page.keyboard.type("clo")
    expect(page.locator("#palette [role=option]").first).to_have_text(re.compile("^Close(e)?$"))

    assign(world.late_parcel, to=world.bruno, by=world.bruno)
    expect(page.locator("#properties")).to_contain_text("Bruno")
    page.keyboard.press("Enter")

    expect(page.locator(".toast")).to_be_visible()
    assert Conversation.objects.get(pk=world.late_parcel.pk).state == "closed"


def test_what_stands_beside_the_thread_follows_what_colleagues_do(visit, world):
    page = visit(f"/desk/c/{world.late_parcel.pk}/", world.anna)
    opened(page, "pacco")
    expect(page.locator("#properties")).to_contain_text("Open")

    close(world.late_parcel, by=world.bruno)

    expect(page.locator("#properties")).to_contain_text("Closed")
