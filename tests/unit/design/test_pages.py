"""Pages, their parts, the policy they carry, and the menu around them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.template import loader
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

import corale.design
from corale.design import assets, menu
from corale.design.faces import face
from corale.design.menu import Entry, sections_for
from corale.design.pages import asks_for_part, part_beside
from corale.design.preferences import Preferences

HERE = Path(corale.design.__file__).parent
TEMPLATES = sorted((HERE / "templates").rglob("*.html"))


@pytest.fixture
def anna(client: Client, db: None) -> Client:
    user = get_user_model().objects.create_user("anna@molino.example", "a long password")
    client.force_login(user)
    return client


@pytest.fixture
def own_menu(monkeypatch):
    monkeypatch.setattr(menu, "_entries", {})
    monkeypatch.setattr(menu, "_sections", {})


def test_a_part_stands_beside_its_page():
    assert part_beside("respond/inbox.html", "rows") == "respond/_rows.html"


def test_going_back_asks_for_the_whole_page():
    requests = RequestFactory()

    assert asks_for_part(requests.get("/", headers={"HX-Request": "true"}))
    assert not asks_for_part(requests.get("/"))
    assert not asks_for_part(requests.get("/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}))


@pytest.mark.parametrize("name", ["design:components", "design:desk_sample", "design:keys"])
def test_the_pages_about_pages_open(anna, name):
    answer = anna.get(reverse(name))

    assert answer.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_needs_what_the_policy_forbids(path):
    text = path.read_text()

    assert not re.search(r'\sstyle="|\son[a-z]+="|hx-on|javascript:', text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_every_icon_of_our_templates_is_drawn():
    drawn = set(re.findall(r'id="([\w-]+)"', (HERE / "static/design/icons.svg").read_text()))
    rooms = HERE.parent
    used = {
        name
        for page in rooms.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([\w-]+)"|\bicon="([\w-]+)"', page.read_text())
        for name in name
        if name
    } | {entry.icon for entry in menu.entries()}

    assert used - drawn == set()


def test_every_stylesheet_and_controller_is_loaded():
    sheets = {f"design/{path.relative_to(HERE / 'static/design')}" for path in (HERE / "static/design").rglob("*.css")}
    desk = (HERE / "static/design/desk.js").read_text()
    controllers = {path.name for path in (HERE / "static/design/controllers").glob("*_controller.js")}

    assert set(assets.STYLESHEETS) == sheets
    assert {name for name in controllers if name not in desk} == set()


def test_the_page_of_a_broken_house_needs_neither_request_nor_database():
    page = loader.get_template("500.html").render()

    assert "Something broke on our side" in page


def test_what_is_not_there_looks_like_us(client, db):
    answer = client.get("/nowhere/at/all/", follow=True)

    assert answer.status_code == 404 or "Corale" in answer.content.decode()


def test_a_refused_form_says_that_nothing_is_lost(db):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(reverse("design:preferences"), {"theme": "dark"})

    assert answer.status_code == 403
    assert "Please send it again" in answer.content.decode()


def test_a_choice_is_kept_and_leads_back(client, db):
    answer = client.post(reverse("design:preferences"), {"theme": "dark", "next": "/account/login/"})

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert client.cookies["corale_theme"].value == "dark"
    assert b'data-theme="dark"' in client.get(reverse("account_login")).content


def test_a_choice_leads_nowhere_else(client, db):
    answer = client.post(reverse("design:preferences"), {"theme": "dark", "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


def test_what_is_not_a_choice_is_not_kept(client, db):
    client.post(reverse("design:preferences"), {"theme": '"><script>', "keys": "off"})
    request = RequestFactory().get("/")
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}

    assert Preferences.of(request) == Preferences(theme="auto", keys="off")


def test_the_page_speaks_the_chosen_language(client, db):
    client.post(reverse("design:language"), {"language": "it", "next": "/account/login/"})

    assert b'<html lang="it"' in client.get(reverse("account_login")).content


def test_the_menu_shows_only_what_one_may_see(own_menu):
    menu.register(Entry("open", "Open", "design:components", "dot"))
    menu.register(Entry("closed", "Closed", "design:keys", "dot", permission=lambda person: person == "Anna"))

    shown = {name: [link.key for s in sections_for(name) for link in s.links] for name in ("Anna", "Dario")}

    assert shown == {"Anna": ["closed", "open"], "Dario": ["open"]}


def test_the_menu_marks_the_nearest_entry(own_menu):
    menu.register(Entry("all", "All", "design:components", "dot"))
    menu.register(Entry("mine", "Mine", "design:components", "dot", query="view=mine"))
    menu.register(Entry("keys", "Keys", "design:keys", "dot"))

    def current(path: str, query: str = "") -> list[str]:
        return [link.key for section in sections_for("Anna", path, query) for link in section.links if link.is_current]

    assert current("/design/") == ["all"]
    assert current("/design/", "view=mine&sort=oldest") == ["mine"]
    assert current("/design/keys/") == ["keys"]
    assert current("/elsewhere/") == []


def test_an_entry_that_leads_nowhere_is_left_out(own_menu):
    menu.register(Entry("lost", "Lost", "nowhere:at_all", "dot"))

    assert sections_for("Anna") == []


def test_every_field_is_tied_to_its_help_and_its_error(anna):
    page = anna.get(reverse("design:components")).content.decode()

    assert 'aria-describedby="id_name_help"' in page
    assert 'aria-describedby="id_name_help id_name_error"' in page


def test_names_with_hashes_reach_into_scripts_and_styles(tmp_path):
    storage = {"staticfiles": {"BACKEND": "corale.design.storage.HashedFiles"}}
    with override_settings(STORAGES=settings.STORAGES | storage, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)

        shown = assets.stylesheets()

    [desk] = tmp_path.glob("design/desk.????????????.js")
    [sheet] = tmp_path.glob("design/all.????????????.css")
    assert re.search(r'from "\./application\.\w{12}\.js"', desk.read_text())
    assert re.search(r'url\("fonts/source-serif-4-latin\.\w{12}\.woff2"\)', sheet.read_text())
    assert shown == f'<link rel="stylesheet" href="/static/design/{sheet.name}">'


def test_a_part_asked_for_after_signing_out_brings_the_whole_sign_in_page(client, db):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/design/?a=1"}

    answer = client.get(reverse("design:menu"), headers=asked)

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/account/login/?next=%2Fdesign%2F%3Fa%3D1"


def test_a_face_is_safe_whatever_the_name():
    shown = face('<b onload="x">', src='"><script>', channel='"><i>', alt=True)

    assert "<script" not in shown
    assert "<b" not in shown
    assert "<i>" not in shown
