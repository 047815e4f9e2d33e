"""What is done to a conversation from its page, alone and together, and taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from corale.conversations.actions.snoozing import wake_due
from corale.conversations.models import Assignment, Closure, Conversation, Label, Snooze
from corale.ledger.models import Fact
from corale.live.models import LiveEvent
from corale.respond.models import Presence


def do(desk, name, conversation, **said):
    return desk.post(reverse(f"respond:{name}", args=[conversation.pk]), said)


def now(conversation):
    return Conversation.objects.get(pk=conversation.pk)


def kinds():
    return list(Fact.objects.order_by("id").values_list("kind", flat=True))


def undo(desk):
    """Presses the button of the newest bar."""
    return desk.post(desk.get("/desk/").context["undo"].url)


def test_closing_leaves_a_trace_a_fact_and_a_word_to_open_pages(desk, says, anna):
    conversation = says("thanks")

    do(desk, "closure", conversation)

    assert now(conversation).state == "closed"
    assert Closure.objects.get().by == anna
    assert kinds() == ["conversation.closed"]
    assert set(LiveEvent.objects.values_list("topic", flat=True)) >= {
        "inbox",
        f"conversation:{conversation.pk}",
        "counts",
    }


def test_closing_twice_is_closing_once(desk, says):
    conversation = says("thanks")

    do(desk, "closure", conversation)
    do(desk, "closure", conversation)

    assert kinds() == ["conversation.closed"]
    assert Closure.objects.count() == 1


def test_it_opens_again_by_a_delete_and_by_a_form(desk, says):
    conversation = says("thanks", state="closed")

    desk.delete(reverse("respond:closure", args=[conversation.pk]))
    assert now(conversation).state == "open"
    do(desk, "closure", conversation)
    do(desk, "closure", conversation, _method="DELETE")

    assert now(conversation).state == "open"
    assert Closure.objects.get().ended_at is not None


def test_what_somebody_else_changed_is_not_changed_over(desk, says, anna, bruno):
    conversation = says("mine or yours?")
    seen = conversation.version
    do(desk, "assignment", conversation, assign=bruno.pk)

    response = do(desk, "closure", conversation, version=seen)

    assert response.status_code == 409
    assert "Anna Ferri gave it to Bruno Costa" in response.content.decode()
    assert now(conversation).state == "open"


def test_assigning_tells_who_by_whom_and_ends_the_one_before(desk, says, anna, bruno):
    conversation = says("words")

    do(desk, "assignment", conversation, assign=anna.pk)
    do(desk, "assignment", conversation, assign=bruno.pk, reason="knows the machines")
    do(desk, "assignment", conversation, assign="")

    assert now(conversation).assignee is None
    assert [(each.to, each.ended_at is None) for each in Assignment.objects.order_by("id")] == [
        (anna, False),
        (bruno, False),
    ]
    assert [fact.data["to"] for fact in Fact.objects.order_by("id")] == [anna.pk, bruno.pk, None]


def test_nobody_outside_can_be_asked(desk, says, carla):
    assert do(desk, "assignment", says("words"), assign=carla.person_id).status_code == 404


def test_a_snooze_ends_by_itself(desk, says):
    conversation = says("later")

    do(desk, "snooze", conversation, snooze="tomorrow")
    assert now(conversation).state == "snoozed"
    Conversation.objects.update(snoozed_until=timezone.now() - timedelta(minutes=1))
    wake_due.func()

    assert now(conversation).state == "open"
    assert Snooze.objects.get().ended_at is not None
    assert Fact.objects.get(kind="conversation.reopened").auto


def test_a_snooze_that_has_passed_is_refused_with_advice(desk, says):
    conversation = says("later")

    page = desk.post(reverse("respond:snooze", args=[conversation.pk]), {"until": "2020-01-01T09:00"}, follow=True)

    assert "has passed" in page.content.decode()
    assert now(conversation).state == "open"


def test_a_label_is_put_on_by_name_and_taken_off(desk, says):
    conversation = says("words")

    do(desk, "labels", conversation, label="  Spare   parts ")
    do(desk, "labels", conversation, label="spare parts")
    label = Label.objects.get()
    assert label.name == "Spare parts"
    assert conversation.labellings.count() == 1
    do(desk, "labels", conversation, label_id=label.pk, _method="DELETE")

    assert conversation.labellings.count() == 0
    assert [fact.data["taken_off"] for fact in Fact.objects.filter(kind="conversation.labelled").order_by("id")] == [
        False,
        True,
    ]


def test_priority_is_one_of_four(desk, says):
    conversation = says("words")

    do(desk, "priority", conversation, priority="2")

    assert now(conversation).priority == 2
    assert do(desk, "priority", conversation, priority="7").status_code == 404


@pytest.mark.parametrize(("name", "state"), [("spam", "spam"), ("trash", "trash")])
def test_what_is_put_away_comes_back_to_where_it_belongs(desk, says, name, state):
    conversation = says("words")

    do(desk, name, conversation)
    assert now(conversation).state == state
    do(desk, name, conversation, _method="DELETE")

    assert now(conversation).state == "open"
    assert kinds()[-1] == "conversation.restored"


def test_a_colleague_says_that_nothing_needs_an_answer(desk, says, anna):
    conversation = says("thank you!")
    message = conversation.messages.get()

    desk.post(reverse("respond:judgement", args=[message.pk]), {"needs_answer": "no", "reason": "thanks"})

    message.refresh_from_db()
    assert message.needs_answer is False
    assert now(conversation).waiting_since is None
    fact = Fact.objects.get(kind="message.judged")
    assert (fact.by_id, fact.message_id, fact.data) == (
        anna.pk,
        message.pk,
        {"needs_answer": False, "reason": "thanks"},
    )


def test_closing_can_be_taken_back_for_a_while(desk, says, bruno):
    conversation = says("words", assignee=bruno)
    do(desk, "closure", conversation)

    undo(desk)

    assert now(conversation).state == "open"
    assert desk.get("/desk/").context["undo"] is None


def test_taking_back_leaves_what_somebody_has_changed_since(desk, says, bruno):
    conversation = says("words")
    do(desk, "closure", conversation)
    offered = desk.get("/desk/").context["undo"].url
    do(desk, "closure", conversation, _method="DELETE")
    do(desk, "trash", conversation)

    page = desk.post(offered, follow=True)

    assert now(conversation).state == "trash"
    assert "somebody has changed it since" in page.content.decode()


def test_many_are_closed_together_and_taken_back_together(desk, says):
    conversations = [says(f"words {number}") for number in range(5)]
    closed = says("done", state="closed")

    desk.post("/desk/bulk/", {"ids": [each.pk for each in [*conversations, closed]], "do": "close"})

    assert {now(each).state for each in conversations} == {"closed"}
    assert set(Fact.objects.values_list("data__bulk", flat=True)) == {6}
    undo(desk)
    assert {now(each).state for each in conversations} == {"open"}
    assert now(closed).state == "closed"


@pytest.mark.parametrize(
    ("said", "column", "value"),
    [
        ({"snooze": "week"}, "state", "snoozed"),
        ({"priority": "2"}, "priority", 2),
        ({"do": "spam"}, "state", "spam"),
        ({"assign": ""}, "assignee_id", None),
    ],
)
def test_each_verb_works_on_a_selection_and_back(desk, says, bruno, said, column, value):
    conversation = says("words", assignee=bruno)
    before = getattr(conversation, column)

    desk.post("/desk/bulk/", {"ids": [conversation.pk], **said})
    assert getattr(now(conversation), column) == value
    undo(desk)

    assert getattr(now(conversation), column) == before


def test_a_selection_of_nothing_says_so(desk):
    assert "Select something first" in desk.post("/desk/bulk/", {"do": "close"}, follow=True).content.decode()


def test_presence_is_told_once_and_forgotten(desk, says, anna):
    conversation = says("words")

    do(desk, "presence", conversation, doing="looking")
    do(desk, "presence", conversation, doing="looking")
    assert LiveEvent.objects.filter(topic=f"conversation:{conversation.pk}").count() == 1
    do(desk, "presence", conversation, doing="writing")
    assert Presence.objects.get().doing == "writing"
    do(desk, "presence", conversation, _method="DELETE")

    assert not Presence.objects.exists()


def test_going_back_leads_to_pages_of_ours_only(desk, says):
    assert do(desk, "closure", says("words"), next="https://evil.example/").url.startswith("/desk/c/")


def test_close_and_next_leads_to_the_next_of_the_list(desk, says):
    older = says("older", ago=timedelta(hours=2))
    newer = says("newer", ago=timedelta(hours=1))

    assert do(desk, "closure", newer, then="next").url == f"/desk/c/{older.pk}/"
