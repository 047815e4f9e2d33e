"""Saying what to listen for, seeing how often it fell, and reading what comes; by keyboard, on a phone, in the dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from corale.listen.actions.querying import make
from tests.support.accessibility import assert_accessible

SOON = 30_000  # the worker of the product looks back and filters meanwhile


def test_a_query_is_counted_saved_and_finds_what_comes(visit: Any, world: Any) -> None:
    page = visit("/listening/", world.anna)
    expect(page.get_by_text("Nobody is listening yet")).to_be_visible()
    page.wait_for_function("window.htmx")
    page.keyboard.press("c")
    page.get_by_label("Name").fill("Parcels")
    page.get_by_label("All of these").fill("PACCO")
    expect(page.locator("#count")).to_contain_text("everything that you may see says this", timeout=SOON)
    page.get_by_role("button", name="Listen for it").click()
    expect(page.get_by_role("heading", name="Parcels")).to_be_visible()
    page.wait_for_function("window.htmx")

    world.says("gino", "E il secondo pacco? https://spam.example/x")
    page.locator(".news").click(timeout=SOON)
    expect(page.locator(".row--unread mark")).to_have_text("pacco")
    page.wait_for_function("window.htmx")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/desk/**")


def test_not_relevant_is_taken_back_where_it_stood(visit: Any, world: Any) -> None:
    query = make({"name": "Late", "authors": "carla.test"}, by=world.anna)
    page = visit(f"/listening/{query.pk}/", world.anna)
    page.wait_for_function("window.htmx")
    if not page.locator("#stream .row").count():
        page.locator(".news").click(timeout=SOON)
    row = page.locator("#stream .row").first
    words = row.locator(".row__words").inner_text()

    row.get_by_role("button", name="Not relevant").click()
    expect(row.get_by_text("out of this list")).to_be_visible()
    row.get_by_role("button", name="Undo").click()

    expect(row.locator(".row__words")).to_have_text(words)


@pytest.mark.parametrize(("phone", "dark", "language"), [(False, False, "en"), (True, True, "it")])
def test_the_pages_are_for_everybody(visit: Any, world: Any, phone: bool, dark: bool, language: str) -> None:
    query = make({"name": "Parcels", "authors": "carla.test"}, by=world.anna)
    page = visit(f"/listening/{query.pk}/", world.anna, phone=phone, dark=dark, language=language)
    page.wait_for_function("window.htmx")
    if not page.locator("#stream .row").count():
        page.locator(".news").click(timeout=SOON)
    for address in ("", f"{query.pk}/", "new/", f"{query.pk}/edit/"):
        page.goto(f"/listening/{address}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
