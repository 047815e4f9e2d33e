"""Live events are forgotten after an hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from corale.live import publish
from corale.live.models import LiveEvent
from corale.live.prune import prune_events


@pytest.mark.django_db
def test_events_older_than_an_hour_go():
    publish("inbox", {})
    LiveEvent.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    publish("inbox", {"conversation": "2"})

    prune_events.call()

    assert LiveEvent.objects.get().payload == '{"conversation":"2"}'
