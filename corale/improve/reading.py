"""What the pages of this room read from the record."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from corale.conversations.models import Conversation, Message
from corale.improve.models import Decision, ReportBack, Theme, Voice
from corale.people.models import Person
from corale.store import keyset

NEWEST_VOICE = ("-last_voice_at", "-pk")
STATES = ReportBack.State


def themes(person: Person, *, words: str = "", archived: bool = False) -> QuerySet[Theme]:
    """Those in use, or those put away; with some words in their name."""
    found = Theme.objects.visible_to(person).filter(archived_at__isnull=not archived)
    return found.filter(name__icontains=words) if words else found


def voices(theme: Theme, after: str = "", size: int = 50) -> keyset.Slice[Voice]:
    """What people said in it, the latest gathered first."""
    gathered = theme.voices.filter(removed_at=None).select_related(
        "message__identity__person", "message__conversation", "message__connection", "added_by"
    )
    return keyset.cut(gathered, ("-pk",), after, size=size)


def decisions(person: Person, kind: str = "") -> QuerySet[Decision]:
    """The register, with what came of each."""
    found = Decision.objects.filter(theme__in=Theme.objects.visible_to(person))
    found = found.filter(kind=kind) if kind in Decision.Kind.values else found
    return found.select_related("theme", "decided_by", "outcome").annotate(
        words=Count("evidence", distinct=True),
        asked=Count("report_backs", distinct=True),
        told=Count("report_backs", distinct=True, filter=Q(report_backs__state=STATES.TOLD)),
    )


def counts(decision: Decision) -> dict[str, int]:
    """How many report-backs are in each state."""
    return dict(decision.report_backs.order_by().values_list("state").annotate(Count("pk")))


def late(decision: Decision) -> int:
    """How many people spoke in the theme and have no message yet."""
    spoke = Voice.objects.filter(theme=decision.theme_id, removed_at=None, person__isnull=False, person__user=None)
    spoke = spoke.filter(person__erased_at=None, message__identity__ours=False)
    return spoke.exclude(person__in=decision.report_backs.values("person")).values("person").distinct().count()


def reports(
    decision: Decision, person: Person, state: str = "", after: str = "", size: int = 50
) -> keyset.Slice[ReportBack]:
    """Who is told, in the order in which they were prepared; those who asked in private only where one may see it."""
    listed = (
        told_in_sight(person)
        .filter(decision=decision)
        .select_related(
            "person", "asked_in__identity", "asked_in__connection", "conversation", "delivery", "reviewed_by", "message"
        )
    )
    listed = listed.filter(state=state) if state in STATES.values else listed
    return keyset.cut(listed, ("pk",), after, size=size)


def told_in_sight(person: Person) -> QuerySet[ReportBack]:
    """Report-backs that this colleague may read, change and let go."""
    here = Q(conversation=None) | Q(conversation__in=Conversation.objects.visible_to(person))
    return ReportBack.objects.filter(here)


def readable(person: Person) -> QuerySet[Message]:
    """Messages this colleague may see."""
    return Message.objects.filter(conversation__in=Conversation.objects.visible_to(person)).select_related(
        "identity__person", "conversation", "connection"
    )


def first_words(decision: Decision, persons: list[int]) -> dict[int, Message]:
    """What each of these people asked, in the words that were gathered first."""
    voices = Voice.objects.filter(theme=decision.theme_id, person__in=persons).select_related("message")
    return {voice.person_id: voice.message for voice in voices.order_by("-pk") if voice.person_id}
