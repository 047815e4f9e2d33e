"""The whole loop on the fediverse: heard, answered, decided, and each person who asked is told, where they asked."""

from __future__ import annotations

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import PUBLIC, Somebody

pytestmark = pytest.mark.timeout(600)

DECIDED = """
from corale.improve.actions.concluding import conclude
from corale.improve.actions.deciding import decide
from corale.improve.actions.gathering import gather
from corale.improve.actions.reporting import approve
from corale.improve.actions.theming import begin_theme
from corale.improve.models import ReportBack
messages = list(Message.objects.filter(native_id__in=asked))
theme = begin_theme(f"Sacchi da cinque chili {asked[0]}", by=elena)
gather(messages, theme, by=elena)
decision = decide(theme, kind="yes", title="Sacchi da 5 kg", reason="Li chiedono in tanti.", decided_by=elena,
                  evidence=messages, by=elena)
conclude(decision, kind="done", texts={"it": "Ciao {name}, da oggi ci sono i sacchi da 5 kg. Grazie!"}, by=elena)
for report in ReportBack.objects.filter(decision=decision):
    approve(report, by=elena)
ReportBack.objects.filter(decision=decision).count()
"""


def test_everybody_who_asked_is_told_what_came_of_it_where_they_asked(
    fediverse: Fediverse, eve: Somebody, dora: Somebody
) -> None:
    in_public = eve.says("Vendete sacchi da 5 kg?", fediverse.molino)
    in_secret = dora.says("Anch'io li vorrei da 5 kg!", fediverse.molino, audience="direct")
    for said in (in_public, in_secret):
        fediverse.message(said["id"])

    assert fediverse.hand.does(DECIDED, asked=[in_public["id"], in_secret["id"]]) == 2
    fediverse.rows(
        "UPDATE channels_delivery SET next_at = '2020-01-01 00:00:00+00:00' WHERE state = 'held' AND purpose = 'report'"
    )

    for who, said in ((eve, in_public), (dora, in_secret)):
        told = who.heard("Create", object__inReplyTo=said["id"])
        assert "sacchi da 5 kg" in told["object"]["content"]
        everybody = [*told["object"]["to"], *told["object"]["cc"]]
        assert who.id in everybody
        assert (PUBLIC in everybody) is (said is in_public)
        assert len(who.all_heard("Create", object__inReplyTo=said["id"])) == 1
    fediverse.until("SELECT count(*) FROM improve_reportback WHERE state <> 'told'", 0)
