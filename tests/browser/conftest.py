"""A browser (Debian's Chromium), the real product behind it, and the world inside it.

Each worker has one product on the worker's own test database, so a test arranges with the ORM and acts in the browser:

    def test_the_answer_arrives(visit, world):
        page = visit("/desk/", world.anna)

`visit` takes `phone=True`, `dark=True`, `language="it"`, `scripts=False`. A page that writes an error on its console
fails its test.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.support import product as products
from tests.support.accessibility import axe_source
from tests.support.chromium import Chromium, in_time

# Playwright's synchronous interface runs a loop in this thread; the ORM is used beside it, never inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

expect.set_options(timeout=20_000)  # milliseconds: what comes late on a busy machine has come

ANSWERED = ("the server responded with a status of", "Response Status Error Code 404 from ")
"""No mistake of a script: what the page asks about may just have been taken back."""

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys take longer than other tests."""
    for item in items:
        if Path(__file__).parent in item.path.parents and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    """Chromium, started once by each worker."""
    with sync_playwright() as playwright:
        chromium = Chromium(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def product(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[products.Product]:
    """The product on this worker's test database: pages, live updates, background work."""
    data = tmp_path_factory.mktemp("product")
    given = {"CORALE_SECRET_KEY": settings.SECRET_KEY}
    with products.running(data, database_url(), environment=given) as started:
        with django_db_blocker.unblock():
            call_command("flush", interactive=False, verbosity=0)  # what the start left behind
        yield started


def database_url() -> str:
    """The test database of this worker, as another process reaches it."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@pytest.fixture
def db(transactional_db: None) -> None:
    """In this folder every test commits: the product is another process."""


@pytest.fixture
def context(browser: Chromium, product: products.Product) -> Iterator[Callable[..., BrowserContext]]:
    """Makes visitors: each has its own cookies, screen and language."""
    made: list[BrowserContext] = []

    def new(*, phone: bool = False, dark: bool = False, language: str = "en", scripts: bool = True) -> BrowserContext:
        visitor = browser.new_context(
            **(PHONE if phone else DESK), base_url=product.url, color_scheme="dark" if dark else "light",
            locale={"it": "it-IT", "en": "en-GB"}[language], timezone_id="Europe/Rome", java_script_enabled=scripts,
            reduced_motion="reduce",
        )  # fmt: skip
        visitor.set_default_timeout(20_000)
        visitor.add_init_script(script=axe_source())
        made.append(visitor)
        return visitor

    yield new
    for each in made:
        with in_time():
            each.close()


@pytest.fixture
def visit(context: Callable[..., BrowserContext], product: products.Product, db: None) -> Iterator[Callable[..., Page]]:
    """Opens an address as somebody: a person, a user, or None for a stranger."""
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in ANSWERED):
            complaints.append(f"{message.text} ({message.location})")

    def go(address: str, who: Any = None, **kind: Any) -> Page:
        visitor = context(**kind)
        if who is not None:
            sign_in(visitor, product.url, getattr(who, "user", who))
        page = visitor.new_page()
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield go
    assert not complaints, "the page complained:\n" + "\n".join(complaints)


def sign_in(visitor: BrowserContext, url: str, user: Any) -> None:
    """A session, without walking through the form: that has a journey of its own."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    visitor.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
