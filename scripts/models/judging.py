"""How good a reading is: macro-F1, F1, accuracy, calibration error, confusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from corale.listen.reading.labels import SENTIMENTS, SURE
from corale.listen.reading.reader import sigmoid, softmax


def f1(truth: Sequence[Any], said: Sequence[Any], label: Any) -> float:
    """Of one label, 0 to 1; 0 when it was neither there nor said."""
    hits = sum(1 for left, right in zip(truth, said, strict=True) if left == label == right)
    there, given = sum(1 for each in truth if each == label), sum(1 for each in said if each == label)
    return 2 * hits / (there + given) if there + given else 0.0


def macro_f1(truth: Sequence[Any], said: Sequence[Any], labels: Sequence[Any]) -> float:
    return sum(f1(truth, said, label) for label in labels) / len(labels)


def accuracy(truth: Sequence[Any], said: Sequence[Any]) -> float:
    return sum(1 for left, right in zip(truth, said, strict=True) if left == right) / max(len(truth), 1)


def calibration_error(chances: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error over equal steps: how far what is said is from what is so."""
    given, so = np.asarray(chances), np.asarray(right, dtype=float)
    at = np.minimum((given * bins).astype(int), bins - 1)
    parts = [(at == each) for each in range(bins)]
    wrong = sum(part.sum() * abs(given[part].mean() - so[part].mean()) for part in parts if part.any())
    return float(wrong / len(given))


def confusion(truth: Sequence[str], said: Sequence[str]) -> dict[str, dict[str, int]]:
    """For each true label, how often each was said."""
    pairs = Counter(zip(truth, said, strict=True))
    return {each: {other: pairs[each, other] for other in sorted(set(said))} for each in sorted(set(truth))}


def percent(share: float) -> float:
    return round(100 * share, 1)


def judged(language: str, trained: Any) -> list[dict[str, Any]]:
    """Of our own messages, each read by a model that has not seen it."""
    lines = []
    for name, (scores, truth) in trained.unseen.items():
        slope, *offsets = trained.about["calibration"][name]
        line = {"language": language, "head": name, "n": len(truth)}
        if name == "sentiment":
            chances = [softmax([slope * s + o for s, o in zip(row, offsets, strict=True)]) for row in scores]
            said = [int(np.argmax(row)) for row in chances]
            sure = [max(row) for row in chances]
            line["macro_f1"] = percent(macro_f1(truth, said, range(len(SENTIMENTS))))
        else:
            chances = [sigmoid(slope * row[0] + offsets[0]) for row in scores]
            said = [int(chance >= 0.5) for chance in chances]
            sure = [max(chance, 1 - chance) for chance in chances]
            line |= {"f1": percent(f1(truth, said, 1)), "holds": sum(truth)}
        right = [left == other for left, other in zip(truth, said, strict=True)]
        kept = [good for good, chance in zip(right, sure, strict=True) if chance >= SURE]
        line |= {
            "ece": percent(calibration_error(sure, right)), "answered": percent(len(kept) / len(right)),
            "accuracy_there": percent(sum(kept) / max(len(kept), 1)),
        }  # fmt: skip
        lines.append(line)
    return lines
