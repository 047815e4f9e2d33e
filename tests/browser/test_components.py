"""The page that shows every component: on a desk, on a phone, dark, in Italian, and without scripts."""

from __future__ import annotations

import pytest

from corale.accounts.models import Role, User
from tests.support.accessibility import assert_accessible


@pytest.fixture
def anna(db):
    return User.objects.create_user("anna@molino.test", "a long password of hers", role=Role.COORDINATOR)


@pytest.mark.parametrize(
    "kind", [{}, {"phone": True, "dark": True, "language": "it"}], ids=["desk", "phone-dark-italian"]
)
def test_every_component_can_be_used_by_everybody(visit, anna, kind):
    page = visit("/design/", anna, **kind)

    assert page.locator("h1").first.is_visible()
    assert_accessible(page)


def test_it_reads_without_scripts(visit, anna):
    page = visit("/design/", anna, scripts=False)

    assert page.locator("h1").first.is_visible()


def test_a_stranger_is_asked_to_sign_in(visit, anna):
    page = visit("/design/")

    assert "/account/login/" in page.url
    assert_accessible(page)
