"""The contract of a reading, and the reader that is built in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import Protocol
from zlib import crc32

from corale.listen.reading import weights, words
from corale.listen.reading.features import Features, features
from corale.listen.reading.labels import HEADS, INTENTS, LANGUAGES, NEEDS_ANSWER, SENTIMENTS, SURE
from corale.listen.reading.weights import Sum

SHIPPED = Path(__file__).with_name("weights.bin")
_KEPT = 30_000  # words whose sums are remembered; about 6 MB
_WHY = 3  # words shown as a reason


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one text. `chances` are probabilities by head; a head that was not read is missing."""

    language: str
    language_chance: float
    chances: dict[str, float]
    why: dict[str, list[str]] = field(default_factory=dict)

    @property
    def sentiment(self) -> str:
        """The likeliest, or "" when none is sure."""
        best = max(SENTIMENTS, key=lambda name: self.chances.get(name, 0.0))
        return best if self.chances.get(best, 0.0) >= SURE else ""

    @property
    def intents(self) -> list[str]:
        """Those that hold; several may."""
        return [name for name in INTENTS if self.chances.get(name, 0.0) >= SURE]

    @property
    def unsure(self) -> list[str]:
        """Intents that may or may not hold."""
        return [name for name in INTENTS if 1 - SURE < self.chances.get(name, 0.0) < SURE]

    @property
    def needs_answer(self) -> bool | None:
        """None: not sure, or not read."""
        chance = self.chances.get(NEEDS_ANSWER, 0.5)
        return True if chance >= SURE else False if chance <= 1 - SURE else None


class Reader(Protocol):
    """Whatever reads. `version` names it wherever a reading is kept."""

    version: str

    def read(self, texts: Sequence[str], languages: Sequence[str] = ()) -> list[Reading]:
        """One reading for each text; `languages`: what is known of each beforehand, "" for nothing."""
        ...


class Addition(Protocol):
    """What a company's own corrections add to the calibrated scores of a text."""

    def scores(self, found: Features) -> list[float]: ...


class BuiltIn:
    """Sums of weights over words, pairs of words and pieces of words; nothing else is needed to run it."""

    def __init__(self, path: Path = SHIPPED) -> None:
        file = weights.load(path)
        self.about, self._tables = file.about, file.tables
        self.version: str = file.about["version"]
        self._addition: Addition | None = None
        self._word = lru_cache(maxsize=_KEPT)(self._word_pieces)

    def taught(self, addition: Addition, version: str) -> BuiltIn:
        """The same weights with something added; what was read from the file is shared."""
        other = copy(self)
        other._addition, other.version = addition, version
        return other

    def read(self, texts: Sequence[str], languages: Sequence[str] = ()) -> list[Reading]:
        known = languages or [""] * len(texts)
        return [self._one(text, given) for text, given in zip(texts, known, strict=True)]

    def language(self, text: str) -> tuple[str, float]:
        """The likeliest language, and how likely; ("", 0.0) for a text without letters."""
        return self._language([token for token in words.tokens(text) if words.is_word(token)])

    def scores(self, found: Features, language: str) -> list[float]:
        """Of each head of that language's model, before they are probabilities."""
        model = self.about["models"][language]
        total = list(model["bias"])
        for name, part in (("words", self._words(found, language)), ("pieces", self._pieces(found, language))):
            scale = model[name]
            values = self._tables[f"{language}.{name}"].values(part)
            norm = sqrt(part.count or 1)
            total = [score + size * value / norm for score, size, value in zip(total, scale, values, strict=True)]
        return total

    def calibrated(self, scores: Sequence[float], language: str) -> list[float]:
        """Scores whose softmax (the first three) and logistic function (the others) are probabilities: of a hundred
        that say 0.7, about seventy are so."""
        calibration = self.about["models"][language]["calibration"]
        slope, *offsets = calibration["sentiment"]
        ready = [slope * score + offset for score, offset in zip(scores[:3], offsets, strict=True)]
        for name, score in zip(HEADS[3:], scores[3:], strict=True):
            slope, offset = calibration[name]
            ready.append(slope * score + offset)
        return ready

    def start(self, text: str, language: str) -> list[float]:
        """What corrections begin from."""
        return self.calibrated(self.scores(features(text), language), language)

    def _one(self, text: str, given: str) -> Reading:
        found = features(text)
        spoken = [token for token in found.tokens if words.is_word(token)]
        language, chance = self._language(spoken)
        model = language if chance >= SURE else given or language
        if model not in self.about["models"]:
            model = "en"
            if spoken:  # a language that we cannot read
                return Reading(language, chance, {})
        scores = self.calibrated(self.scores(found, model), model)
        if self._addition:
            scores = [score + more for score, more in zip(scores, self._addition.scores(found), strict=True)]
        read = chances(scores)
        return Reading(language, chance, read, self._why(found, model, read))

    def _language(self, spoken: list[str]) -> tuple[str, float]:
        if not spoken:
            return "", 0.0
        about = self.about["language"]
        part = self._all_pieces("language", spoken[: words.TELLING])
        values, norm = self._tables["language"].values(part), sqrt(part.count)
        lanes = zip(about["bias"], about["scale"], values, strict=True)
        each = softmax(about["slope"] * (bias + step * value / norm) for bias, step, value in lanes)
        best = max(range(len(each)), key=each.__getitem__)
        return LANGUAGES[best], each[best]

    def _words(self, found: Features, language: str) -> Sum:
        """Not remembered: few pairs of words come again."""
        row = self._tables[f"{language}.words"].row
        every = [*found.singles, *found.pairs, *found.marks]
        return Sum(sum(row(crc32(feature.encode())) for feature in every), len(every))

    def _pieces(self, found: Features, language: str) -> Sum:
        return self._all_pieces(f"{language}.pieces", [token for token in found.folded if words.is_word(token)])

    def _all_pieces(self, table: str, spoken: list[str]) -> Sum:
        total, count = 0, 0
        for token in spoken:
            part = self._word(table, token)
            total, count = total + part.total, count + part.count
        return Sum(total, count)

    def _word_pieces(self, name: str, token: str) -> Sum:
        """Remembered for the words that came last: a few thousand make up most of what people write."""
        numbers = list(words.pieces(token))
        return Sum(sum(map(self._tables[name].row, numbers)), len(numbers))

    def _why(self, found: Features, language: str, read: dict[str, float]) -> dict[str, list[str]]:
        """For each thing that is said, the words that weighed most for it."""
        said = [name for name in HEADS if read.get(name, 0.0) >= SURE]
        if not said or not found.tokens:
            return {}
        weighed = self._weighed(found, language, [HEADS.index(name) for name in said])
        reasons = {}
        for name, weights_of in zip(said, zip(*weighed, strict=True), strict=True):
            best = sorted(range(len(weights_of)), key=lambda at: (-weights_of[at], at))[:_WHY]
            reasons[name] = list(dict.fromkeys(found.tokens[at] for at in sorted(best) if weights_of[at] > 0))
        return {name: kept for name, kept in reasons.items() if kept}

    def _weighed(self, found: Features, language: str, lanes: list[int]) -> list[list[float]]:
        """What each token brings to these heads: its pieces, itself, and the pair it ends."""
        model = self.about["models"][language]
        of_words, of_pieces = self._tables[f"{language}.words"], self._tables[f"{language}.pieces"]
        steps = [(lane, model["words"][lane], model["pieces"][lane]) for lane in lanes]
        result = []
        for folded, single, pair in zip(found.folded, found.singles, found.pairs, strict=True):
            both = of_words.row(words.number(single)) + of_words.row(words.number(pair))
            whole = of_words.values(Sum(both, 2))
            piece = of_pieces.values(self._word(f"{language}.pieces", folded) if words.is_word(folded) else Sum())
            result.append([whole[lane] * step + piece[lane] * smaller for lane, step, smaller in steps])
        return result


def chances(scores: Sequence[float]) -> dict[str, float]:
    """Probabilities by head, of calibrated scores."""
    read = dict(zip(SENTIMENTS, softmax(scores[:3]), strict=True))
    return read | {name: sigmoid(score) for name, score in zip(HEADS[3:], scores[3:], strict=True)}


def softmax(scores: Iterable[float]) -> list[float]:
    given = list(scores)
    highest = max(given)
    parts = [exp(score - highest) for score in given]
    total = sum(parts)
    return [part / total for part in parts]


def sigmoid(score: float) -> float:
    return 1 / (1 + exp(-score)) if score >= 0 else 1 - 1 / (1 + exp(score))


@lru_cache(maxsize=1)
def built_in() -> BuiltIn:
    """Read from its file once."""
    return BuiltIn()
