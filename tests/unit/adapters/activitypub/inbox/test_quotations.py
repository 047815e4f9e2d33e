"""Leave to quote: given to whoever asks, and shown where others gave it to us."""

from __future__ import annotations

import pytest
from django.utils import timezone

from corale.adapters.activitypub.models import Stamp
from tests.unit.adapters.activitypub.inbox.conftest import left

pytestmark = pytest.mark.django_db
STAMP = "https://peer.test/stamps/1"


@pytest.fixture
def quotation(said, carla):
    return said(document={"quote": f"{carla.uri}/notes/1"})


def test_their_leave_is_shown_with_our_quotation_and_told_once(carla, quotation):
    asked = {"id": f"{quotation.uri}#quote-request", "type": "QuoteRequest", "object": f"{carla.uri}/notes/1"}

    carla.does("Accept", asked, result=STAMP)
    carla.does("Accept", asked["id"], result=STAMP)

    quotation.refresh_from_db()
    assert quotation.document["quoteAuthorization"] == STAMP
    assert [each["object"]["quoteAuthorization"] for each in left("Update")] == [STAMP]


def test_nobody_gives_leave_for_another_server(person, quotation):
    asked = {"id": f"{quotation.uri}#quote-request", "type": "QuoteRequest"}

    person("mallory", "evil.test").does("Accept", asked, result="https://evil.test/stamps/1")
    person("eve", "evil.test").does("Accept", asked, result=STAMP)

    quotation.refresh_from_db()
    assert "quoteAuthorization" not in quotation.document


def test_a_stamp_can_be_looked_at_until_it_is_taken_back(client, carla, said):
    post = said()
    carla.does("QuoteRequest", post.uri, instrument=f"{carla.uri}/notes/7")
    stamp = Stamp.objects.get()
    path = stamp.uri.removeprefix("https://molino.test")
    asked = {"host": "molino.test", "accept": "application/activity+json"}

    shown = client.get(path, headers=asked).json()
    assert (shown["id"], shown["type"]) == (stamp.uri, "QuoteAuthorization")
    assert (shown["interactingObject"], shown["interactionTarget"]) == (f"{carla.uri}/notes/7", post.uri)
    assert client.get(path.replace("/molino/", "/anna/"), headers=asked).status_code == 404

    Stamp.objects.update(taken_back_at=timezone.now())
    assert client.get(path, headers=asked).status_code == 404
