"""How many people say what a message says, in nearly the same words."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery

from corale.conversations.models import Message
from corale.conversations.policies import may_see_everything, open_to
from corale.listen.heard import STANDING
from corale.listen.models import Echo
from corale.people.models import Person

MOST = 5000  # messages of a group that are looked through for people


class _People(Subquery):
    """Distinct persons among the first rows of a subquery: bounded, however many say it."""

    template = "(SELECT COUNT(DISTINCT who) FROM (%(subquery)s) AS said)"
    output_field = IntegerField()


def voices(messages: Sequence[Message], me: Person) -> dict[int, int]:
    """For each message that others say too, how many people do: one query. Those who only pass it on are not counted,
    nor is what this colleague may not see."""
    said = echoes(me).filter(of=OuterRef("of"), is_passed_on=False, message__identity__person__isnull=False)
    people = _People(said.order_by().annotate(who=F("message__identity__person")).values("who")[:MOST])
    found = Echo.objects.filter(pk__in=[message.pk for message in messages]).annotate(people=people)
    return {pk: many for pk, many in found.values_list("pk", "people") if many > 1}


def echoes(me: Person) -> QuerySet[Echo]:
    """What stands and may be seen by this colleague; not what the company's own accounts say."""
    seen = Echo.objects.filter(message__state__in=STANDING).exclude(message__identity__ours=True)
    return seen if may_see_everything(me) else seen.filter(open_to(me, "message__conversation"))


def alike(message: Message, me: Person) -> QuerySet[Echo]:
    """All that says nearly the same as this, itself among them."""
    group = Echo.objects.filter(pk=message.pk).values("of")
    return echoes(me).filter(of__in=group).select_related(
        "message__identity__person", "message__connection", "message__conversation"
    )  # fmt: skip
