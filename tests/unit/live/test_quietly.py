"""Hundreds of changes that are one thing are told once."""

from __future__ import annotations

import pytest

from corale.live import publish
from corale.live.models import LiveEvent
from corale.live.publish import quietly


@pytest.mark.django_db
def test_nothing_is_told_inside_and_everything_afterwards() -> None:
    with pytest.raises(ValueError, match="fell over"), quietly():
        publish("inbox", {"conversation": "1"})
        raise ValueError("fell over")
    publish("inbox", {"many": 3})

    assert list(LiveEvent.objects.values_list("payload", flat=True)) == ['{"many":3}']
