"""The facts this room writes: what was gathered, decided, done, and who was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from corale.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ThemeCreated(Event):
    """Somebody saw that many people speak of the same thing."""

    kind: ClassVar[str] = "theme.created"
    theme: int = 0


@dataclass(frozen=True, kw_only=True)
class FeedbackGathered(Event):
    """What somebody said was put into a theme by a colleague: `person_id` said it, `by_id` gathered it."""

    kind: ClassVar[str] = "feedback.gathered"
    theme: int = 0


@dataclass(frozen=True, kw_only=True)
class FeedbackRemoved(Event):
    """It was taken out of the theme again; the row stays, with who and when."""

    kind: ClassVar[str] = "feedback.removed"
    theme: int = 0


@dataclass(frozen=True, kw_only=True)
class DecisionRecorded(Event):
    """Yes, later or a reasoned no; who decided, and the very messages it rests on."""

    kind: ClassVar[str] = "decision.recorded"
    decision: int = 0
    theme: int = 0
    answer: str = ""
    decided_by: int | None = None
    evidence: list[int] = field(default_factory=list)
    due_on: str | None = None

    def data(self) -> dict[str, Any]:
        return {**super().data(), "kind": self.answer}


@dataclass(frozen=True, kw_only=True)
class DecisionPostponed(Event):
    """The day by which it was to be done moved. The first day is kept, and counts."""

    kind: ClassVar[str] = "decision.postponed"
    decision: int = 0
    first_due_on: str | None = None
    due_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutcomeRecorded(Event):
    """It was done, or will not be done. From now on each person who asked is owed a word."""

    kind: ClassVar[str] = "outcome.recorded"
    decision: int = 0
    outcome: str = ""

    def data(self) -> dict[str, Any]:
        return {**super().data(), "kind": self.outcome}


@dataclass(frozen=True, kw_only=True)
class ReportAsked(Event):
    """One for each person who asked, when the outcome was marked: they are to be told."""

    kind: ClassVar[str] = "report.asked"
    decision: int = 0
    report: int = 0


@dataclass(frozen=True, kw_only=True)
class ReportReviewed(Event):
    """A colleague read the message for this person and let it go."""

    kind: ClassVar[str] = "report.reviewed"
    decision: int = 0
    report: int = 0


@dataclass(frozen=True, kw_only=True)
class ReportSkipped(Event):
    """A colleague decided not to tell this person; the reason stands beside it."""

    kind: ClassVar[str] = "report.skipped"
    decision: int = 0
    report: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportTold(Event):
    """The message stands where they asked; `at` is when it was delivered there."""

    kind: ClassVar[str] = "report.told"
    decision: int = 0
    report: int = 0
    delivery: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportFailed(Event):
    """It could not be delivered, or nobody knows whether it was: a colleague looks at it."""

    kind: ClassVar[str] = "report.failed"
    decision: int = 0
    report: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportUnreachable(Event):
    """There is no way to tell this person: the account, the message or the connection is gone."""

    kind: ClassVar[str] = "report.unreachable"
    decision: int = 0
    report: int = 0
    reason: str = ""
