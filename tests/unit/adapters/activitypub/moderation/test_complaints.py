"""Another server complains about one of us: it stands on a page until somebody has settled it."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub.models import Complaint

pytestmark = pytest.mark.django_db
PAGE = "/channels/fediverse/reports/"


@pytest.fixture
def franca(client, world):
    client.force_login(world.franca.user)
    return client


def test_it_stands_there_with_who_and_what_is_meant_until_it_is_settled(franca, carla, anna, says, world):
    post = says(anna, "Too salty a remark")
    carla.does("Flag", [anna.uri, post.uri], content="<p>This is rude.</p>")
    page = franca.get(PAGE).content.decode()

    assert "This is rude." in page and "@anna@molino.test" in page and "Too salty a remark" in page

    franca.post(f"{PAGE}{Complaint.objects.get().pk}/", {"do": "settle", "note": "Anna has apologised."})
    settled = franca.get(f"{PAGE}?which=settled").content.decode()
    assert "This is rude." not in franca.get(PAGE).content.decode()
    assert "Anna has apologised." in settled and world.franca.name in settled

    franca.post(f"{PAGE}{Complaint.objects.get().pk}/", {"do": "open", "note": "Anna has apologised."})
    assert "This is rude." in franca.get(PAGE).content.decode()


def test_a_page_of_them_costs_few_queries(franca, carla, anna, says, django_assert_max_num_queries):
    for number in range(12):
        carla.does("Flag", [anna.uri, says(anna, f"Remark {number}").uri], content=f"No {number}")
    with django_assert_max_num_queries(20):
        assert "No 11" in franca.get(PAGE).content.decode()
