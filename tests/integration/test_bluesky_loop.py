"""The whole loop on a real network: heard, answered, decided, and each person who asked is told, where they asked."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from corale.channels.models import Connection
from corale.improve.actions.concluding import conclude
from corale.improve.actions.deciding import decide
from corale.improve.actions.gathering import gather
from corale.improve.actions.reporting import approve
from corale.improve.actions.theming import begin_theme
from corale.improve.models import ReportBack
from corale.indicator.taking import take
from corale.ledger.models import Fact
from corale.people.models import Person
from tests.integration.test_bluesky_desk import at_once, connection, heard, leaves  # noqa: F401 (fixtures)
from tests.support.atproto.people import eventually

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


@pytest.fixture
def elena() -> Person:
    """Elena looks after everybody's work."""
    user = get_user_model().objects.create_user("elena@molino.test", "una lunga parola", role="coordinator")
    return Person.objects.update_or_create(user=user, defaults={"name": "Elena Conti"})[0]


def test_everybody_who_asked_is_told_what_came_of_it_where_they_asked(molino, carla, somebody, connection, elena):  # noqa: F811
    dora = somebody("dora")
    first = carla.mentions(molino, f"@{molino.handle} vendete sacchi da 5 kg?")
    second = dora.mentions(molino, f"Anch'io li vorrei da 5 kg, @{molino.handle}!")
    messages = [heard(connection, native_id=post["uri"]) for post in (first, second)]

    theme = begin_theme("Sacchi da cinque chili", by=elena)
    assert gather(messages, theme, by=elena) == 2
    decision = decide(theme, kind="yes", title="Sacchi da 5 kg", reason="Li chiedono in tanti.", decided_by=elena,
                      evidence=messages, by=elena)  # fmt: skip
    conclude(decision, kind="done", texts={"it": "Ciao {name}, da oggi ci sono i sacchi da 5 kg. Grazie!"}, by=elena)
    reports = list(ReportBack.objects.order_by("pk"))
    assert {report.person_id for report in reports} == {message.identity.person_id for message in messages}
    for report in reports:
        approve(report, by=elena)
        approve_again(report, elena)
        report.refresh_from_db()
        leaves([report.message])
        leaves([report.message])

    for who, post in ((carla, first), (dora, second)):
        [told] = eventually(lambda who=who: replies_to(who))
        assert told["record"]["reply"]["parent"]["uri"] == post["uri"]
        assert "sacchi da 5 kg" in told["record"]["text"]
    assert set(ReportBack.objects.values_list("state", flat=True)) == {"told"}
    assert Fact.objects.filter(kind="report.told").count() == 2
    assert Connection.objects.get().deliveries.filter(state="sent").count() == 2
    measured = take(demo=False, days=91).figures["measures"]
    assert (measured["I3"]["hits"], measured["I3"]["n"]) == (2, 2)


def approve_again(report: ReportBack, by: Person) -> None:
    """A second click changes nothing, whether it is refused or passed over."""
    try:
        approve(report, by=by)
    except Exception as refused:
        assert type(refused).__module__.startswith("corale.")


def replies_to(who):
    answer = who.ask("app.bsky.notification.listNotifications")
    return [each for each in answer.json()["notifications"] if each["reason"] == "reply"]
