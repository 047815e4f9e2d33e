"""What is said under a message about how it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import get_language

from corale.conversations.models import Message
from corale.listen.models import Correction, Reading
from corale.listen.names import INTENTS, LANGUAGES, NAMES, SENTIMENTS
from corale.listen.reading.labels import SURE
from corale.listen.reading.near import key

_SURE = round(100 * SURE)


@dataclass(frozen=True, slots=True)
class Chance:
    """One thing that was read, how likely, and the words that weighed."""

    name: str
    label: Any
    percent: int
    why: list[str]
    holds: bool


@dataclass(slots=True)
class Shown:
    """What a colleague said stands before what the model read."""

    reading: Reading
    correction: Correction | None = None
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def sentiment(self) -> str:
        """ "" when not sure."""
        if "sentiment" in self.said:
            return str(self.said["sentiment"])
        return next((name for name in SENTIMENTS if self.reading.chances.get(name, 0) >= _SURE), "")

    @property
    def intents(self) -> list[str]:
        if "intents" in self.said:
            return [name for name in INTENTS if name in self.said["intents"]]
        return [name for name in INTENTS if self.reading.chances.get(name, 0) >= _SURE]

    @property
    def words(self) -> list[Any]:
        """The quiet line: language when it is not the reader's own, intents, mood unless it is neutral."""
        line = [INTENTS[name] for name in self.intents]
        if self.sentiment and self.sentiment != "neutral":
            line.append(SENTIMENTS[self.sentiment])
        if self.language and self.language != (get_language() or "")[:2]:
            line.insert(0, LANGUAGES.get(self.language, self.language))
        return line

    @property
    def language(self) -> str:
        """ "" when not sure."""
        return self.reading.language if self.reading.language_chance >= _SURE else ""

    @property
    def is_unsure(self) -> bool:
        """About mood, or about something that may or may not be meant; nobody is asked to believe a guess."""
        if self.correction:
            return False
        doubts = [name for name in INTENTS if 100 - _SURE < self.reading.chances.get(name, 0) < _SURE]
        return not self.sentiment or bool(doubts)

    @property
    def chances(self) -> list[Chance]:
        """Everything that is likely enough to be worth a word, likeliest first."""
        given = self.reading.chances
        likely = sorted((name for name in NAMES if given.get(name, 0) >= 20), key=lambda name: -given[name])
        why = self.reading.why
        return [Chance(name, NAMES[name], given[name], why.get(name, []), given[name] >= _SURE) for name in likely]


def shown(messages: Sequence[Message]) -> dict[int, Shown]:
    """By message: two queries, however many. A reading of words that were changed since is left out."""
    texts = {message.pk: key(message.text) for message in messages if message.text}
    if not texts:
        return {}
    readings = [each for each in Reading.objects.filter(pk__in=list(texts)) if each.near == texts[each.pk]]
    said = corrections({each.near for each in readings}, {each.pk for each in readings})
    found = {}
    for each in readings:
        last = said.get(each.near)
        found[each.pk] = Shown(each, last, dict(last.said) if last else {})
    return found


def corrections(nears: set[int], here: set[int]) -> dict[int, Correction]:
    """The last word of a colleague about each of these texts, wherever it stands in public, or in these messages: what
    was said of a private one stays there."""
    if not nears:
        return {}
    heard = Q(message__conversation__direct=False) | Q(message__in=list(here))
    last = Correction.objects.filter(heard, near__in=list(nears)).values("near").annotate(last=Max("pk")).values("last")
    return {each.near: each for each in Correction.objects.filter(pk__in=last).select_related("by")}
