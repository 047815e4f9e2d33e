"""Training everything that is shipped: a model for each language, and the one that tells languages apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corale.listen.reading.labels import HEADS, LANGUAGES, SENTIMENTS
from scripts.models import sources
from scripts.models.data import Example, seeds
from scripts.models.fit import Array, Head, calibrate, fit, small, unseen
from scripts.models.matrix import language_matrix, rarity, reading_matrix

BITS = {"it": 15, "en": 15}
SMALL_BITS = 14
LANGUAGE_BITS = 15
PUBLIC = 0.1  # what a public text weighs beside one of our own
MOST = 12_000  # comments that teach English sentiment


@dataclass(slots=True)
class Trained:
    """The tables of one language and what the file says about them."""

    about: dict[str, Any]
    tables: dict[str, tuple[bytes, int]]
    unseen: dict[str, tuple[Array, list[int]]]


def examples(root: Path, language: str) -> list[Example]:
    """What a shipped model of this language learns from."""
    own = seeds(language) if language in BITS else []
    if language == "it":
        return [*own, *sources.subtitles(root, "it", PUBLIC)]
    if language == "en":
        comments = sources.comments(root, PUBLIC)[:MOST]
        others = (sources.speech_acts, sources.bank, sources.sms)
        return [*own, *comments, *(each for source in others for each in source(root, PUBLIC))]
    raise LookupError(f"no data that we may publish from teach {language}")


def train(found: Sequence[Example], language: str, *, judge: bool = True) -> Trained:
    """One language. Calibrated on our own messages, each scored by a model that has not seen it."""
    bits = BITS.get(language, SMALL_BITS)
    rows = reading_matrix([each.text for each in found], bits)
    rare = rarity(rows)
    calibration: dict[str, list[float]] = {}
    scored: dict[str, tuple[Array, list[int]]] = {}
    parts: list[Head] = []
    for name in ("sentiment", *HEADS[3:]):
        known = [at for at, each in enumerate(found) if (each.sentiment if name == "sentiment" else name in each.heads)]
        labels = [
            SENTIMENTS.index(found[at].sentiment) if name == "sentiment" else found[at].heads[name] for at in known
        ]
        sample = [found[at].weight for at in known]
        mine, by_column = rows[known], rare if name == "sentiment" else np.ones_like(rare)
        parts.append(fit(mine, labels, sample, by_column))
        if judge:
            asked = [at for at, place in enumerate(known) if found[place].source == "seeds"]
            scores = unseen(mine, labels, sample, by_column, asked)
            truth = [labels[at] for at in asked]
            calibration[name] = calibrate(scores, truth)
            scored[name] = scores, truth
        else:
            calibration[name] = [1.0] + [0.0] * (3 if name == "sentiment" else 1)
    return _packed(language, parts, calibration, scored, 1 << bits)


def _packed(
    language: str, parts: Sequence[Head], calibration: dict[str, list[float]], scored: dict[str, Any], size: int
) -> Trained:
    weights = np.vstack([part.weights for part in parts])
    bias = [float(f"{each:.6g}") for part in parts for each in part.bias]
    words, word_steps = small(weights[:, :size])
    pieces, piece_steps = small(weights[:, size:])
    about = {"bias": bias, "words": word_steps, "pieces": piece_steps, "calibration": calibration}
    lanes = weights.shape[0]
    return Trained(about, {f"{language}.words": (words, lanes), f"{language}.pieces": (pieces, lanes)}, scored)


def windows(lines: Sequence[tuple[str, str]], seed: int = 3) -> list[tuple[str, str]]:
    """The lines, and one, two and four words out of each: fragments are what people write."""
    draw, found = random.Random(seed), list(lines)
    for text, language in lines:
        words = text.split()
        for size in (1, 2, 4):
            if len(words) > size:
                at = draw.randrange(len(words) - size + 1)
                found.append((" ".join(words[at : at + size]), language))
    return found


def train_language(lines: Sequence[tuple[str, str]]) -> tuple[dict[str, Any], tuple[bytes, int]]:
    """Which language; calibrated on windows of a tenth of the lines, which were left out for that."""
    from sklearn.linear_model import SGDClassifier

    kept = [line for at, line in enumerate(lines) if at % 10]
    left = windows([line for at, line in enumerate(lines) if not at % 10], 4)
    model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=8, tol=None, random_state=1)
    taught = windows(kept)
    rows = language_matrix([text for text, _ in taught], LANGUAGE_BITS)
    model.fit(rows, [LANGUAGES.index(code) for _, code in taught])
    scores = model.decision_function(language_matrix([text for text, _ in left], LANGUAGE_BITS))
    slope = calibrate(np.asarray(scores), [LANGUAGES.index(code) for _, code in left])[0]
    table, steps = small(model.coef_)
    bias = [float(f"{each:.6g}") for each in model.intercept_]
    return {"bias": bias, "scale": steps, "slope": slope}, (table, len(LANGUAGES))
