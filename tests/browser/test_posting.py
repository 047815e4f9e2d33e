"""Something new is said from the desk; what is private is answered in private; what was said is changed and deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from corale.adapters.activitypub import own
from corale.channels.contract import Said, Who
from corale.channels.models import Connection, Delivery
from corale.conversations.actions.receive import work_in
from corale.conversations.arrivals.batch import Arrival
from corale.conversations.models import Conversation, Message
from tests.browser.test_public import drawn
from tests.support.accessibility import assert_accessible

LOOKS = pytest.mark.parametrize(
    "look", [{}, {"dark": True, "language": "it"}, {"phone": True, "dark": True}], ids=["wide", "dark-it", "phone-dark"]
)


@pytest.fixture
def house(world, product, settings) -> Connection:
    """The fediverse is on, and Anna speaks there under her own name."""
    settings.CORALE_URL = product.url
    house = own.enable(name="molino", display_name="Molino", language="it")
    own.make_actor("person", "anna", world.anna)
    world.anna.refresh_from_db()
    return house


def hears(house: Connection, text: str, *, to: str = "", audience: str = "public", under: str = "") -> Conversation:
    """Carla writes."""
    uri, now = f"https://peer.test/notes/{Message.objects.count()}", timezone.now()
    author = Who("activitypub", "https://peer.test/users/carla", "carla@peer.test", "Carla Bianchi")
    said = Said(uri, "1", author, text, now, kind="mention", addressed=True, audience=audience, language="it",
                direct=audience == "direct", to=(to,) if to else (),
                parent=under)  # fmt: skip
    with transaction.atomic():
        work_in(house, [Arrival(said, now)])
    return Message.objects.select_related("conversation").get(native_id=uri).conversation


def stands(message: Message) -> None:
    """It has arrived there."""
    sent = {"state": "sent", "native_id": message.native_id, "sent_at": timezone.now() - timedelta(minutes=1)}
    Delivery.objects.filter(pk=message.delivery_id).update(**sent)


def wanted(page: Page) -> None:
    """The scripts have begun."""
    page.wait_for_function("window.htmx || document.querySelector('[data-controller]')")


@LOOKS
def test_a_post_is_written_looked_at_sent_and_taken_back(visit, world, house, look):
    page = visit(f"/desk/post/?account={house.pk}", world.anna, **look)
    wanted(page)
    assert_accessible(page)
    page.locator("#post-text").fill("Domenica il mulino è aperto. Venite a vedere la macina!")
    page.locator("input[name=audience][value=unlisted]").check()
    page.locator("#post-warning").fill("Orari")
    page.locator("#post-picture").set_input_files({"name": "pane.jpg", "mimeType": "image/jpeg", "buffer": drawn()})
    page.locator("button[name=add]").click()
    page.locator(".composer__media textarea").fill("Una pagnotta")
    page.locator("button[name=show]").click()
    expect(page.locator("#shown-title")).to_be_visible()
    assert_accessible(page)
    page.locator("button[name=send]").click()

    page.wait_for_url("**/desk/c/*/**")
    message = Message.objects.get(kind="post")
    expect(page.locator(f"#m{message.pk}")).to_be_visible()
    assert (message.extras["audience"], message.attachments[0]["alt"]) == ("unlisted", "Una pagnotta")
    assert_accessible(page)
    page.locator(".toast form[action*='/undo/'] button").click()
    page.wait_for_url("**/desk/post/?again=1")
    expect(page.locator("#post-text")).to_have_value("Domenica il mulino è aperto. Venite a vedere la macina!")
    assert not Message.objects.filter(kind="post").exists()


@LOOKS
def test_an_answer_in_private_looks_so_before_it_leaves(visit, world, house, look):
    asked = hears(house, "Dov’è il mio pacco?", to=house.stable_id)
    page = visit(f"/desk/c/{asked.pk}/", world.anna, **look)
    page.wait_for_function("window.htmx && document.querySelector('[data-controller~=composer]')")
    page.locator("#words").fill("Mi dà l’indirizzo?")
    page.locator("select[name=audience]").select_option("direct")

    expect(page.locator(".composer--direct")).to_be_visible()
    assert_accessible(page)
    page.locator("#words").press("Control+Enter")
    expect(page.locator(".toast")).to_be_visible()
    answered = Message.objects.get(by=world.anna)
    assert (answered.conversation.direct, answered.conversation_id != asked.pk) == (True, True)


@LOOKS
def test_what_one_said_is_changed_and_deleted(visit, world, house, look):
    page = visit(f"/desk/post/?account={house.pk}", world.anna, **look)
    page.locator("#post-text").fill("Aperto alle nove.")
    page.locator("button[name=send]").click()
    page.wait_for_url("**/desk/c/*/**")
    message = Message.objects.get(kind="post")
    stands(message)

    page.reload()
    article = page.locator(f"#m{message.pk}")
    article.hover()
    article.locator(f"a[href$='/m/{message.pk}/edit/']").click()
    assert_accessible(page)
    page.locator("#edit-text").fill("Aperto alle dieci.")
    page.locator("form .button--primary").click()
    page.wait_for_url("**/desk/c/*/**")
    assert Delivery.objects.get(kind="edit").payload["text"] == "Aperto alle dieci."

    article.hover()
    article.locator("details.menu summary").click()
    assert_accessible(page)
    article.locator("details.menu form button").click()
    page.wait_for_load_state()
    assert Delivery.objects.filter(kind="delete").exists()
    assert_accessible(page)


def test_what_one_has_open_stays_open_while_more_is_said(visit, world, house):
    page = visit(f"/desk/post/?account={house.pk}", world.anna)
    page.locator("#post-text").fill("Aperto alle nove.")
    page.locator("#post-warning").fill("Orari")
    page.locator("button[name=send]").click()
    page.wait_for_url("**/desk/c/*/**")
    message = Message.objects.get(kind="post")
    stands(message)
    page.reload()
    wanted(page)
    article = page.locator(f"#m{message.pk}")
    article.locator(".message__warning summary").click()
    menu = article.locator("details.menu")
    article.hover()
    menu.locator("summary").click()

    with page.expect_response("**/thread/**"):
        hears(house, "Anche domenica?", under=message.native_id)

    expect(menu.locator("form button")).to_be_visible()
    expect(page.locator("#thread")).not_to_contain_text("Anche domenica?")
    page.keyboard.press("Escape")
    expect(page.locator("#thread")).to_contain_text("Anche domenica?")
    expect(menu.locator("form button")).to_be_hidden()
    expect(article.locator(".message__words")).to_be_visible()
