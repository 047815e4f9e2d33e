"""A decision names its reason, who decided and the words it rests on; it is not edited afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from corale.improve.actions.concluding import conclude
from corale.improve.actions.deciding import decide, postpone
from corale.improve.errors import Incomplete, NotPermitted
from corale.improve.models import Decision, ReportBack, Theme
from corale.ledger.models import Fact
from tests.unit.improve.conftest import TEXTS


def recorded(theme: Theme, world: Any, **changes: Any) -> Decision:
    voices = [voice.message for voice in theme.voices.all()[:1]]
    words = {"kind": "yes", "title": "Sì", "reason": "Perché sì.", "decided_by": world.elena, "by": world.elena}
    return decide(theme, **{"evidence": voices, **words, **changes})


def test_the_fact_names_the_very_messages(world: Any, decision: Decision) -> None:
    fact = Fact.objects.get(kind="decision.recorded")

    assert fact.data["evidence"] == list(decision.evidence.order_by("pk").values_list("message_id", flat=True))
    assert (fact.data["kind"], fact.data["decided_by"], fact.by_id) == ("yes", world.elena.pk, world.elena.pk)


@pytest.mark.parametrize(("missing", "value"), [("reason", " "), ("title", ""), ("evidence", []), ("kind", "perhaps")])
def test_nothing_may_be_missing(world: Any, theme: Theme, missing: str, value: Any) -> None:
    with pytest.raises(Incomplete) as error:
        recorded(theme, world, **{missing: value})

    assert error.value.field == missing
    assert not Decision.objects.exists()


def test_without_evidence_one_says_why(world: Any, theme: Theme) -> None:
    decision = recorded(theme, world, evidence=[], without_evidence="L'ha chiesto il comune.")

    assert (decision.without_evidence, decision.evidence.count()) == ("L'ha chiesto il comune.", 0)


def test_members_gather_but_do_not_decide(world: Any, theme: Theme) -> None:
    with pytest.raises(NotPermitted):
        recorded(theme, world, by=world.anna)


def test_the_public_never_decides(world: Any, theme: Theme) -> None:
    with pytest.raises(Incomplete):
        recorded(theme, world, decided_by=world.carla)


def test_postponing_keeps_the_first_day(world: Any, theme: Theme) -> None:
    decision = recorded(theme, world, due_on=date(2030, 5, 1))

    postpone(decision, date(2030, 6, 1), by=world.elena)
    postpone(decision, date(2030, 7, 1), by=world.elena)

    assert (decision.first_due_on, decision.due_on) == (date(2030, 5, 1), date(2030, 7, 1))
    facts = Fact.objects.filter(kind="decision.postponed").order_by("pk")
    assert [fact.data["due_on"] for fact in facts] == ["2030-06-01", "2030-07-01"]


def test_a_no_has_no_day(world: Any, theme: Theme) -> None:
    decision = recorded(theme, world, kind="no", due_on=date(2030, 5, 1))

    assert decision.due_on is None
    with pytest.raises(Incomplete):
        postpone(decision, date(2030, 6, 1), by=world.elena)


def test_each_person_who_asked_gets_one_message_in_their_language(world: Any, done: Decision) -> None:
    reports = {each.person.name: each for each in done.report_backs.select_related("person")}

    assert {each.state for each in reports.values()} == {"to_review"}
    assert sorted(reports) == ["Giulia", "Marco", "Nora", "Otto", "Pia"]
    assert reports["Giulia"].text == "Giulia, l'abbiamo fatto: Consegne fino alle 21."
    assert reports["Otto"].text == "Otto, it is done: Consegne fino alle 21."
    assert Fact.objects.filter(kind="report.asked").count() == 5


def test_marking_it_twice_prepares_nobody_twice(world: Any, done: Decision) -> None:
    conclude(done, kind="declined", texts={"it": "Altro"}, by=world.elena)

    assert done.report_backs.count() == 5
    assert Fact.objects.filter(kind="outcome.recorded").count() == 1


def test_who_spoke_twice_is_told_once_and_where_they_spoke_last(world: Any, theme: Theme, decision: Decision) -> None:
    from corale.improve.actions.gathering import gather

    last = world.says("giulia", "E quindi, la sera?")
    gather([last], theme, by=world.anna)
    conclude(decision, kind="done", texts=TEXTS, by=world.elena)

    report = ReportBack.objects.get(person__name="Giulia")
    assert (report.asked_in, report.conversation) == (last, last.conversation)


def test_whoever_was_taken_out_of_the_theme_is_told_only_if_the_decision_cites_them(
    world: Any, theme: Theme, decision: Decision
) -> None:
    from corale.improve.actions.gathering import take_out

    for name in ("Giulia", "Pia"):  # the decision cites Giulia
        take_out(theme.voices.select_related("message__conversation").get(person__name=name), by=world.anna)
    conclude(decision, kind="done", texts=TEXTS, by=world.elena)

    told = set(decision.report_backs.values_list("person__name", flat=True))
    assert told == {"Giulia", "Marco", "Nora", "Otto"}


def test_those_whom_nothing_reaches_are_listed_at_once_with_the_reason(world: Any, decision: Decision) -> None:
    for who in ("nora", "otto"):
        thing = {"type": "known", "who": {"id": f"demo:{who}"}, "reachable": False}
        world.arrives(thing if who == "nora" else {"type": "gone", "id": _words_of(decision, "Otto"), "how": "deleted"})
    conclude(decision, kind="done", texts=TEXTS, by=world.elena)

    reasons = dict(decision.report_backs.filter(state="unreachable").values_list("person__name", "reason"))
    assert reasons == {"Nora": "account_gone", "Otto": "message_gone"}
    assert Fact.objects.filter(kind="report.unreachable").count() == 2
    assert Fact.objects.filter(kind="report.asked").count() == 5


def test_a_connection_that_is_gone_reaches_nobody(world: Any, decision: Decision) -> None:
    type(world.connection).objects.filter(pk=world.connection.pk).update(state="disconnected")
    conclude(decision, kind="done", texts=TEXTS, by=world.elena)

    assert set(decision.report_backs.values_list("state", "reason")) == {("unreachable", "disconnected")}


def _words_of(decision: Decision, name: str) -> str:
    return str(decision.theme.voices.get(person__name=name).message.native_id)
