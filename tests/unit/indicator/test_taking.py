"""Snapshots: shown when they are whole, kept one a day, and chosen from by the date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corale.indicator import taking
from corale.indicator.models import Counting, Snapshot
from corale.ledger.models import Fact
from tests.unit.indicator.by_hand import DAY, HOUR, Ledger


@pytest.fixture
def ledger(db):
    ledger = Ledger()
    for number in range(60):
        ledger.answered(ledger.said(100 + number, 10 * DAY + number * HOUR), HOUR)
    Fact.objects.bulk_create(ledger.facts)
    return ledger


def take(moment=None):
    return taking.take(demo=False, days=91, as_of=moment or timezone.now())


def test_what_is_still_being_made_is_not_shown(ledger):
    whole = take()
    Snapshot.objects.create(demo=False, days=91, definitions="half")

    assert Snapshot.objects.newest(demo=False, days=91) == whole


def test_a_snapshot_that_broke_off_leaves_its_rows_to_the_next_one_which_removes_them(ledger, monkeypatch):
    monkeypatch.setattr(taking, "_AT_ONCE", 50)
    monkeypatch.setattr(taking, "figures", lambda measured: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take()
    assert Counting.objects.exists()
    monkeypatch.undo()

    whole = take()

    assert not Counting.objects.exclude(snapshot=whole).exists()
    assert Counting.objects.filter(snapshot=whole, measure="R2").count() == 60


def test_of_each_earlier_day_the_last_figures_stay(ledger):
    today = timezone.now().replace(hour=12)
    kept = [take(moment).pk for moment in (today - DAY, today - HOUR, today)]

    assert list(Snapshot.objects.order_by("pk").values_list("pk", flat=True)) == [kept[0], kept[2]]


def test_after_a_long_computation_there_is_a_rest(ledger):
    newest = take()
    Fact.objects.create(kind="note.written", at=timezone.now())
    Snapshot.objects.filter(pk=newest.pk).update(took_ms=60_000)

    taking.take_usual.func()
    assert Snapshot.objects.newest(demo=False, days=91) == newest

    Snapshot.objects.filter(pk=newest.pk).update(as_of=timezone.now() - timedelta(minutes=21))
    taking.take_usual.func()
    assert Snapshot.objects.newest(demo=False, days=91) != newest


def test_nothing_new_means_nothing_to_compute(ledger):
    newest = take()

    taking.take_usual.func()

    assert Snapshot.objects.newest(demo=False, days=91) == newest


def test_ten_at_random_are_chosen_by_the_date_alone(ledger, world, client, monkeypatch):
    take()
    client.force_login(world.anna.user)
    url = f"{reverse('indicator:rows', args=['R2'])}?random&scope=real"

    def shown(day):
        monkeypatch.setattr("corale.indicator.views.rows.date", type("Day", (), {"today": staticmethod(lambda: day)}))
        return [each["row"].message_id for each in client.get(url).context["rows"]]

    monday = shown(date(2026, 11, 16))

    assert len(set(monday)) == 10
    assert monday == shown(date(2026, 11, 16))
    assert monday != shown(date(2026, 11, 17))
