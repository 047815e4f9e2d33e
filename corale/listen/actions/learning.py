"""The company's own model: what corrections teach, adopted only when it is better on those that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django_tasks import task

from corale.listen.models import Correction, Learned
from corale.listen.readers import adopted, lessons_of
from corale.listen.reading.features import features
from corale.listen.reading.labels import INTENTS, READ_WELL, SENTIMENTS
from corale.listen.reading.learning import Lesson, Lessons, learn
from corale.listen.reading.reader import built_in, chances

ENOUGH = 20  # corrections; fewer teach chance
MOST = 1000  # the newest: more would take minutes
_HELD = 5  # every fifth is held out


@task()
def learn_again() -> None:
    """When there are corrections that the last training did not know."""
    last = Learned.objects.filter(base=built_in().version).defer("weights").order_by("-pk").first()
    newest = Correction.objects.aggregate(Max("at"))["at__max"]
    if newest and (last is None or last.made_at < newest):
        teach()


def teach() -> Learned | None:
    """Trains, compares, keeps. None when there are too few corrections."""
    lessons = _lessons()
    if len(lessons) < ENOUGH:
        return None
    held = lessons[::_HELD]
    kept = [lesson for at, lesson in enumerate(lessons) if at % _HELD]
    before, after = _figures(held, _in_use()), _figures(held, learn(kept))
    return Learned.objects.create(
        base=built_in().version, weights=learn(lessons).packed(), corrections=len(lessons), held_out=len(held),
        figures={"before": before, "after": after}, adopted=after["right"] > before["right"],
    )  # fmt: skip


def _in_use() -> Lessons:
    """What reads now, to be compared with. It may have seen what is held out: then it is favoured, not the new one."""
    learned = adopted()
    return Lessons() if learned is None else lessons_of(learned)


def _lessons() -> list[Lesson]:
    """One for each text, as it was said last; oldest first, so that every training holds out the same."""
    rows = Correction.objects.select_related("message", "message__reading").order_by("-pk")[:MOST]
    latest: dict[int, Correction] = {}
    for row in rows:
        latest.setdefault(row.near, row)
    found = []
    for row in reversed(latest.values()):
        language = row.read.get("language") or row.message.language[:2]
        if row.message.text and language in READ_WELL:
            start = built_in().start(row.message.text, language)
            found.append(Lesson(features(row.message.text), _heads(row.said), start))
    return found


def _heads(said: dict[str, Any]) -> dict[str, int]:
    sentiment = {name: int(said["sentiment"] == name) for name in SENTIMENTS}
    return sentiment | {name: int(name in said["intents"]) for name in INTENTS}


def _figures(held: Sequence[Lesson], learnt: Lessons) -> dict[str, int]:
    """Of the corrections held out, percent: mood right; intents right, each counted; both together decide."""
    moods = intents = 0
    for lesson in held:
        scores = [start + more for start, more in zip(lesson.start, learnt.scores(lesson.found), strict=True)]
        read = chances(scores)
        moods += lesson.heads[max(SENTIMENTS, key=lambda name: read[name])]
        intents += sum((read[name] >= 0.5) == bool(lesson.heads[name]) for name in INTENTS)
    mood, intent = 100 * moods / len(held), 100 * intents / (len(held) * len(INTENTS))
    return {"sentiment": round(mood), "intents": round(intent), "right": round(10 * (mood + intent))}
