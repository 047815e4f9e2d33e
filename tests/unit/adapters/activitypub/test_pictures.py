"""Pictures that we show in public."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub import addresses
from corale.channels.actions.pictures import keep_picture
from tests.unit.adapters.activitypub.drawing import drawn


@pytest.fixture
def picture(house):
    return keep_picture(drawn())


def test_it_is_served_as_what_it_is_and_kept_for_good(client, picture):
    answer = client.get(addresses.picture(picture).removeprefix("https://molino.test"))

    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content) == picture.path.read_bytes()
    assert "immutable" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_that_was_never_shown_cannot_be_asked_for(client, picture):
    """Who has a picture cannot find out whether we have it too: the address carries our seal."""
    address = addresses.picture(picture).removeprefix("https://molino.test")

    assert client.get(f"/pictures/{picture.sha256}/{'0' * 16}.png").status_code == 404
    assert client.get(address.replace(picture.sha256, "0" * 64)).status_code == 404


def test_who_has_it_is_not_sent_it_again(client, picture, django_assert_num_queries):
    address = addresses.picture(picture).removeprefix("https://molino.test")

    with django_assert_num_queries(0):
        answer = client.get(address, headers={"If-None-Match": f'"{picture.sha256}"'})
    assert answer.status_code == 304
