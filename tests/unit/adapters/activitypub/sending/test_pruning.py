"""Forgetting what was settled long ago, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from corale.adapters.activitypub.models import Activity, Dispatch
from corale.adapters.activitypub.sending.pruning import prune_dispatches
from tests.support.postroom import a_server, say

pytestmark = pytest.mark.django_db
State = Dispatch.State


def test_what_was_settled_weeks_ago_is_forgotten_and_what_was_said_stays(molino):
    peer = a_server()
    for number in range(4):
        say(molino, *((peer, f"https://peer.test/{n}/inbox") for n in range(300)), number=number)
    Dispatch.objects.update(state=State.SENT)
    old = Activity.objects.filter(uri__endswith="/0") | Activity.objects.filter(uri__endswith="/1")
    old.update(created_at=timezone.now() - timedelta(weeks=5))
    waits = Dispatch.objects.order_by("pk")[0]
    Dispatch.objects.filter(pk=waits.pk).update(state=State.WAITING)

    prune_dispatches.func()

    assert Dispatch.objects.count() == 601
    assert Dispatch.objects.filter(pk=waits.pk).exists()
    assert Activity.objects.count() == 4
