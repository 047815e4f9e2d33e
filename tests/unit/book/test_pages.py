"""The page shows figures, says when there are not enough, and every number opens its rows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from corale.indicator.models import Counting
from corale.indicator.taking import take, take_usual
from tests.unit.book.conftest import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(world: Any, client: Client) -> Client:
    client.force_login(world.anna.user)
    return client


def test_without_facts_the_page_says_what_will_come(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("anna@molino.test", "una lunga parola"))
    assert b"Nothing has been recorded yet" in client.get(reverse("indicator:indicator")).content


def test_a_small_sample_is_not_a_number(signed_in: Client) -> None:
    take_usual.func()
    shown = signed_in.get(reverse("indicator:indicator")).content.decode()

    assert "Not enough yet" in shown
    assert "Not measured yet" in shown


def test_every_row_leads_to_its_conversation(signed_in: Client, world: Any) -> None:
    take(demo=False, days=91)
    row = Counting.objects.filter(measure="R2", conversation_id__isnull=False).first()
    assert row is not None
    state = {0: "hit", 1: "miss", 2: "out"}[row.state]

    shown = signed_in.get(reverse("indicator:rows", args=["R2"]), {"state": state}).content.decode()

    assert reverse("respond:conversation", args=[row.conversation_id]) in shown


def test_rows_come_fifty_at_a_time_and_end(signed_in: Client, write: Write, django_assert_max_num_queries: Any) -> None:
    for message in range(1000, 1120):
        write(
            "message.received", hours=message - 1000, message_id=message, person_id=message, addressed=True, demo=True
        )
    take(demo=True, days=365)
    url, seen = f"{reverse('indicator:rows', args=['P1'])}?state=miss&days=365&scope=demo", 0
    while url:
        with django_assert_max_num_queries(14):
            answer = signed_in.get(url)
        seen += len(answer.context["rows"])
        later = answer.context["later"]
        base = reverse("indicator:rows", args=["P1"])
        url = f"{base}?state=miss&days=365&scope=demo&after={later.replace('+', '%2B')}" if later else ""
    assert seen == Counting.objects.filter(measure="P1", state=1).count() >= 120


def test_rows_of_colleagues_name_no_colleague(signed_in: Client, world: Any) -> None:
    take(demo=False, days=91)
    shown = signed_in.get(reverse("indicator:rows", args=["P4"]))

    assert all(each["by"] is None for each in shown.context["rows"])
