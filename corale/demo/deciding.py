"""From voices to decisions to report-backs, in the demo as in the product: by the same actions, at their own times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from corale.adapters.demo import wire
from corale.channels.actions.deliver import deliver, end
from corale.channels.contract import Raw
from corale.channels.models import Delivery
from corale.conversations.actions.receive import take_in
from corale.demo import clock
from corale.demo.loading import Step
from corale.demo.stories import Line, span
from corale.demo.telling import Scene, Stage
from corale.demo.themes import THEMES, Decided, Heard, Told
from corale.improve.actions.concluding import conclude
from corale.improve.actions.deciding import decide, postpone
from corale.improve.actions.gathering import gather
from corale.improve.actions.reporting import approve
from corale.improve.actions.theming import begin_theme
from corale.improve.models import Decision, ReportBack, Theme

LATER = 1000  # what happens at the same moment as a line of a story happens after it


class Meeting:
    """One theme on its way from the first voice to the last person told."""

    def __init__(self, stage: Stage, heard: Heard, scenes: Sequence[Scene]) -> None:
        self.stage, self.heard = stage, heard
        self.scenes = [scene for scene in scenes if scene.story.options.get("theme") == heard.key]
        self.theme: Theme | None = None
        self.decision: Decision | None = None

    def steps(self) -> Iterator[Step]:
        """What happens on it, and when."""
        for scene in self.scenes:
            yield self._heard_at(scene), LATER, lambda scene=scene: self.gather(scene)  # type: ignore[misc]
        if self.scenes and (decided := self.heard.decided):
            yield from self._decision(decided)

    def _decision(self, decided: Decided) -> Iterator[Step]:
        at = self._ago(decided.at)
        yield at, LATER, lambda: self.decide(decided, at)
        if decided.postponed:
            moved = self._ago(decided.postponed[0])
            yield moved, LATER, lambda: self.postpone(span(decided.postponed[1]), moved)  # type: ignore[index]
        if told := decided.told:
            if told.gone:
                yield self._ago(told.at) - timedelta(days=1), LATER, lambda: self.vanish(told.gone)
            yield self._ago(told.at), LATER, lambda: self.tell(told, self._ago(told.at))

    def _ago(self, text: str) -> datetime:
        return (self.stage.now - span(text)).replace(hour=16, minute=5)

    def _heard_at(self, scene: Scene) -> datetime:
        answers = [line.at for line in scene.story.lines if _is_answer(line, self.stage)]
        return (answers[0] if answers else scene.story.lines[0].at + timedelta(hours=30)) + timedelta(minutes=3)

    def gather(self, scene: Scene) -> None:
        """The colleague who answered puts it into the theme, or Anna, who reads everything."""
        by = next((line.who for line in scene.story.lines if _is_answer(line, self.stage)), "anna")
        person = self.stage.colleagues[by]
        with clock.at(self._heard_at(scene)):
            if self.theme is None:
                language = self.stage.language
                description = self.heard.description.get(language, "")
                self.theme = begin_theme(self.heard.name[language], by=person, description=description, demo=True)
            gather([scene.message(scene.said[0])], self.theme, by=person)

    def decide(self, decided: Decided, at: datetime) -> None:
        """Elena records it, with the words it rests on."""
        assert self.theme is not None
        elena, language = self.stage.colleagues["elena"], self.stage.language
        voices = self.theme.voices.select_related("message").order_by("pk")[: decided.evidence]
        with clock.at(at):
            self.decision = decide(
                self.theme, kind=decided.kind, title=decided.title[language], reason=decided.reason[language],
                decided_by=elena, by=elena, evidence=[voice.message for voice in voices],
                due_on=(at + span(decided.due_in)).date() if decided.due_in else None,
            )  # fmt: skip

    def postpone(self, by_how_much: timedelta, at: datetime) -> None:
        """The day moves; the first one stays."""
        assert self.decision is not None and self.decision.due_on is not None
        with clock.at(at):
            postpone(self.decision, self.decision.due_on + by_how_much, by=self.stage.colleagues["elena"])

    def vanish(self, key: str) -> None:
        """Somebody leaves the network before they could be told."""
        scene, at = self.scenes[0], self._ago(self.heard.decided.told.at) - timedelta(days=1)  # type: ignore[union-attr]
        thing = {"type": "known", "who": scene.who(key), "reachable": False}
        take_in(self.stage.connection, [Raw(f"known:{key}:gone", wire.encode(thing), received_at=at)])

    def tell(self, told: Told, at: datetime) -> None:
        """The outcome, and each person one by one: reviewed by a colleague, a few minutes apart."""
        assert self.decision is not None
        with clock.at(at):
            conclude(self.decision, kind=told.kind, texts=told.text, by=self.stage.colleagues["elena"])
        reports = list(self.decision.report_backs.filter(state=ReportBack.State.TO_REVIEW).order_by("pk"))
        for number, report in enumerate(reports[: len(reports) - told.left_to_review]):
            self._tell_one(report, at + timedelta(hours=17, minutes=4 * number), told)

    def _tell_one(self, report: ReportBack, at: datetime, told: Told) -> None:
        with clock.at(at):
            said = approve(report, by=self.stage.colleagues["bruno" if self.heard.key == "gasket" else "anna"])
            assert said.delivery is not None
            if told.fails and report.person.identities.filter(handle=f"{told.fails}.test").exists():
                end(
                    said.delivery, Delivery.State.FAILED, problem="The demo channel refused it.",
                    advice={"it": "Non accetta risposte da chi non segue.",
                            "en": "This account takes answers only from those it follows."}[self.stage.language],
                )  # fmt: skip
                return
            deliver(said.delivery.pk)


def _is_answer(line: Line, stage: Stage) -> bool:
    return line.verb == "says" and line.who in stage.colleagues


def decisions(stage: Stage, scenes: Sequence[Scene]) -> list[Step]:
    """The steps of all themes."""
    return [step for heard in THEMES for step in Meeting(stage, heard, scenes).steps()]
