"""Making Molino: its people, what was said over three months, what was decided and who was told."""

from __future__ import annotations

import heapq
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from corale.accounts.models import User
from corale.channels.models import Connection
from corale.demo import cast, clock
from corale.demo.stories import Story, stories
from corale.demo.telling import Scene, Stage
from corale.live import publish
from corale.live.publish import quietly
from corale.people.actions.employ import employ
from corale.people.models import Person
from corale.respond.actions.advising import advise
from corale.respond.models import Guideline

LANGUAGES = ("it", "en")
DAYS = 80
ADVICE = Path(__file__).parent / "guidelines"
Step = tuple[datetime, int, Callable[[], None]]


def is_loaded() -> bool:
    """Whether the demo company is here."""
    return Connection.objects.filter(demo=True).exists()


def loaded_language() -> str:
    """The language it was loaded in; empty when it is not here."""
    return Connection.objects.filter(demo=True).values_list("language", flat=True).first() or ""


@transaction.atomic
def load(language: str = "en", *, now: datetime | None = None) -> None:
    """Makes the company, unless it is here already. All of it or nothing; nothing real is touched."""
    if is_loaded():
        return
    language = language if language in LANGUAGES else "en"
    now = (now or timezone.now()).astimezone(zoneinfo.ZoneInfo("Europe/Rome"))
    with quietly():
        told_about = _tell_all(language, now)
    publish("inbox", {"many": told_about})
    publish("counts", {})


def _tell_all(language: str, now: datetime) -> int:
    """Every story and every meeting, in the order of their times; how many stories."""
    from corale.demo.deciding import decisions

    stage = _stage(language, now)
    _advise(stage)
    scenes = [Scene(stage, story) for story in stories(now)]
    steps = [iter(sorted(told(scene, now), key=_order)) for scene in scenes]
    for at, _number, perform in heapq.merge(*steps, sorted(decisions(stage, scenes), key=_order), key=_order):
        if at < now - timedelta(minutes=1):
            perform()
    return len(scenes)


def told(scene: Scene, now: datetime) -> Iterator[Step]:
    """The lines of a story as steps."""
    for number, line in enumerate(scene.story.lines):
        yield line.at, number, lambda line=line: scene.perform(line)  # type: ignore[misc]


def _order(step: Step) -> tuple[datetime, int]:
    return step[0], step[1]


def _advise(stage: Stage) -> None:
    """Molino's own guideline, unless a real one stands there already."""
    if Guideline.objects.exists():
        return
    summary, _, body = (ADVICE / f"{stage.language}.md").read_text(encoding="utf-8").partition("\n---\n")
    with clock.at(stage.now - timedelta(days=DAYS)):
        advise(summary, body, by=stage.colleagues["elena"])


def _stage(language: str, now: datetime) -> Stage:
    with clock.at(now - timedelta(days=DAYS)):
        connection = Connection.objects.create(
            kind="demo", stable_id="demo:molino.test", handle="molino.test", name="Molino", language=language,
            demo=True, heard_at=now,
        )  # fmt: skip
        colleagues = {key: _colleague(key, language) for key in cast.COLLEAGUES}
    return Stage(connection, colleagues, language, now)


def _colleague(key: str, language: str) -> Person:
    about = cast.COLLEAGUES[key]
    user = User.objects.create_user(_free_address(key), None, role=about.role)
    Person.objects.create(
        user=user, name=about.name, title=about.title[language], ask_me_about=about.ask_me_about[language],
        language=language, time_zone="Europe/Rome", demo=True,
    )  # fmt: skip
    return employ(user, name=about.name)


def _free_address(key: str) -> str:
    """An address that nobody real has: whoever tries Corale may well have taken Anna's."""
    address = f"{key}@molino.test"
    return address if not User.objects.filter(email__iexact=address).exists() else f"{key}.demo@molino.test"


__all__ = ["Story", "is_loaded", "load", "loaded_language"]
