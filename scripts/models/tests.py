"""What is tested against what was learnt without it, for `evaluate`."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from corale.listen.reading.features import features
from corale.listen.reading.labels import HEADS, LANGUAGES, SENTIMENTS
from corale.listen.reading.learning import Lesson, learn
from corale.listen.reading.near import key
from corale.listen.reading.reader import BuiltIn, built_in, chances, sigmoid, softmax
from scripts.models import data, sources, train
from scripts.models.fit import calibrate, fit, unseen
from scripts.models.matrix import language_matrix, rarity, reading_matrix

BITS = 15
Row = dict[str, str]
_MOOD = {"pos": "positive", "neg": "negative", "neut": "neutral", "pos_ir": "positive", "neg_ir": "negative"}


def split(name: str, learnt: str, held: str) -> tuple[list[Row], list[Row]]:
    """Training and test rows of a set of data; empty when they are not here. A text that is tested teaches nothing.

    `name` is the beginning of its files. With DATA= the test is its file there, else the file `held` or, where there is
    none, every fifth row.
    """
    root, given = data.folder(), os.environ.get("DATA")
    joint = "" if name.endswith("/") else "."
    taught = (
        list(data.table(root / f"{name}{joint}{learnt}.tsv"))
        if root and (root / f"{name}{joint}{learnt}.tsv").exists()
        else []
    )
    if given:
        path = Path(given) / f"{name}{joint}test.tsv"
        test = list(data.table(path)) if path.exists() else []
    elif held and root:
        test = list(data.table(root / f"{name}{joint}{held}.tsv")) if taught else []
    else:
        test, taught = taught[::5], [row for at, row in enumerate(taught) if at % 5]
    asked = {key(row["text"]) for row in test}
    return [row for row in taught if key(row["text"]) not in asked], test


def sentiment(train_rows: Sequence[Row], test: Sequence[Row]) -> tuple[list[str], list[float]]:
    """What a model trained on the first says of the second, and how sure it is."""
    mine = reading_matrix([row["text"] for row in train_rows], BITS)
    labels = [SENTIMENTS.index(row["label"]) for row in train_rows]
    rare, even = rarity(mine), [1.0] * len(labels)
    slope, *offsets = calibrate(unseen(mine, labels, even, rare, range(len(labels))), labels)
    scores = fit(mine, labels, even, rare).scores(reading_matrix([row["text"] for row in test], BITS))
    read = [softmax([slope * s + o for s, o in zip(row, offsets, strict=True)]) for row in scores]
    return [SENTIMENTS[int(np.argmax(row))] for row in read], [max(row) for row in read]


def shipped_sentiment(test: Sequence[Row], language: str) -> list[str]:
    reader = built_in()
    read = [chances(reader.start(row["text"], language)) for row in test]
    return [max(SENTIMENTS, key=each.__getitem__) for each in read]


def corrected(counts: Sequence[int]) -> Iterator[tuple[int, list[str], list[str], float]]:
    """After each number of corrections: what is said, what is so, and the processor seconds that learning took."""
    taught, test = split("permissive/entipub-it/", "train", "")
    test = [row for row in test if row["label"] in _MOOD]
    if not test:
        return
    taught = [row for row in taught if row["label"] in _MOOD]
    if not taught:  # nothing but the test is here: its first two hundred are the corrections
        taught, test = test[: max(counts)], test[max(counts) :]
    random.Random(11).shuffle(taught)
    reader = built_in()
    lessons = [_lesson(reader, row) for row in taught[: max(counts)]]
    found = [(features(row["text"]), reader.start(row["text"], "it")) for row in test]
    truth = [_MOOD[row["label"]] for row in test]
    for count in counts:
        begun = time.process_time()
        learnt = learn(lessons[:count])
        seconds = round(time.process_time() - begun, 2)
        said = []
        for each, start in found:
            scores = [left + more for left, more in zip(start, learnt.scores(each), strict=True)]
            said.append(SENTIMENTS[scores.index(max(scores[:3]))])
        yield count, said, truth, seconds


def _lesson(reader: BuiltIn, row: Row) -> Lesson:
    heads = {name: int(name == _MOOD[row["label"]]) for name in SENTIMENTS}
    return Lesson(features(row["text"]), heads, reader.start(row["text"], "it"))


def languages() -> tuple[list[str], list[str], list[str]] | None:
    """Of tweets: what is so, what a model says that has seen other tweets, and what the shipped one says."""
    root = data.folder()
    taught: list[tuple[str, str]] = []
    asked: list[tuple[str, str]] = []
    for code in LANGUAGES[:6]:
        learnt, test = split(f"permissive/umsab/{code}", "train", "val")
        taught += [(row["text"], code) for row in learnt]
        asked += [(row["text"], code) for row in test]
    if not asked or not root:
        return None
    about, (table, lanes) = train.train_language([*sources.lines_by_language(root), *taught])
    rows = language_matrix([text for text, _ in asked], train.LANGUAGE_BITS)
    weights = (np.frombuffer(table, dtype=np.uint8).reshape(-1, lanes).astype(float) - 128) * np.asarray(about["scale"])
    scores = (rows @ weights + np.asarray(about["bias"]))[:, :6]
    said = [LANGUAGES[int(at)] for at in np.argmax(scores, axis=1)]
    return [code for _, code in asked], said, [built_in().language(text)[0] for text, _ in asked]


def binary(
    train_rows: Sequence[Row], test: Sequence[Row], label: Callable[[Row], int], head: str
) -> tuple[list[int], list[int]]:
    """What a model trained on the first says of the second, and what the shipped one says. The threshold comes from
    the training part, where each row was scored by a model that had not seen it."""
    mine = reading_matrix([row["text"] for row in train_rows], BITS)
    labels, even = [label(row) for row in train_rows], [1.0] * len(train_rows)
    plain = np.ones(mine.shape[1])
    slope, offset = calibrate(unseen(mine, labels, even, plain, range(len(labels))), labels)
    scores = fit(mine, labels, even, plain).scores(reading_matrix([row["text"] for row in test], BITS))
    said = [int(sigmoid(slope * row[0] + offset) >= 0.5) for row in scores]
    shipped = [int(built_in().start(row["text"], "en")[HEADS.index(head)] >= 0) for row in test]
    return said, shipped
