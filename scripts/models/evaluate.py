"""`make evaluate`: how well messages are read, on public data, beside what others have published.

    python -m scripts.models.evaluate            holds out by the files: `dev` and `val`, or every fifth row
    DATA=folder python -m scripts.models.evaluate    tests on the `test` files of a folder of the same layout

Each line has a column `shipped`: the weights in the wheel, which have seen none of these data. The figure itself is of
the same kind of model, trained here and now on the training part of the same data, as a company may do for itself. What
is tested is never trained on: texts of the test that stand in the training part too are taken out of the training.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corale.listen.reading.labels import SENTIMENTS
from corale.listen.reading.reader import built_in
from scripts.models import data, judging_near, planting, tests
from scripts.models.judging import accuracy, calibration_error, confusion, f1, macro_f1, percent

RESULTS = Path(__file__).resolve().parents[2] / "bench/results/evaluate.jsonl"
SIXTY = 60_000
Line = dict[str, Any]


def umsab() -> list[Line]:
    """Sentiment of tweets in six languages."""
    lines, means = [], {"macro_f1": 0.0, "shipped": 0.0}
    for language in ("it", "en", "es", "fr", "de", "pt"):
        train, test = tests.split(f"permissive/umsab/{language}", "train", "val")
        if not test:
            return []
        truth = [row["label"] for row in test]
        said, chances = tests.sentiment(train, test)
        line = {"case": f"umsab-{language}", "n": len(test), "macro_f1": percent(macro_f1(truth, said, SENTIMENTS))}
        right = [left == other for left, other in zip(truth, said, strict=True)]
        sure = [good for good, chance in zip(right, chances, strict=True) if chance >= 0.6]
        flips = sum({left, other} == {"positive", "negative"} for left, other in zip(truth, said, strict=True))
        line |= {
            "ece": percent(calibration_error(chances, right)), "answered": percent(len(sure) / len(right)),
            "accuracy_there": percent(sum(sure) / max(len(sure), 1)), "flips": percent(flips / len(right)),
            "confusion": confusion(truth, said),
        }  # fmt: skip
        if language in built_in().about["models"]:
            line["shipped_macro_f1"] = percent(macro_f1(truth, tests.shipped_sentiment(test, language), SENTIMENTS))
        means["macro_f1"] += line["macro_f1"] / 6
        lines.append(line)
    return [*lines, {"case": "umsab-mean", "macro_f1": round(means["macro_f1"], 1)}]


def corrections() -> list[Line]:
    """Italian messages to public bodies: nothing corrected, and two hundred corrected, by our own learning."""
    lines = []
    for count, said, truth, seconds in tests.corrected((0, 50, 200)):
        figure = {"macro_f1": percent(macro_f1(truth, said, SENTIMENTS)), "accuracy": percent(accuracy(truth, said))}
        lines.append({"case": f"corrections-{count}", "n": len(truth), "cpu_seconds": seconds} | figure)
    return lines


def languages() -> list[Line]:
    """The language of tweets, among six."""
    found = tests.languages()
    if not found:
        return []
    truth, said, shipped = found
    italian = [left == other for left, other in zip(truth, said, strict=True) if left == "it"]
    return [
        {
            "case": "language-tweets", "n": len(truth), "accuracy": percent(accuracy(truth, said)),
            "accuracy_it": percent(sum(italian) / len(italian)), "shipped_accuracy": percent(accuracy(truth, shipped)),
        }
    ]  # fmt: skip


def complaints() -> list[Line]:
    """Complaints to brands, English."""
    train, test = tests.split("research-only/complaints-en/", "dev", "")
    if not test:
        return []
    truth = [int(row["complaint"]) for row in test]
    said, shipped = tests.binary(train, test, lambda row: int(row["complaint"]), "complaint")
    figures = {"macro_f1": percent(macro_f1(truth, said, (0, 1))), "f1": percent(f1(truth, said, 1))}
    return [
        {
            "case": "complaint-en",
            "n": len(truth),
            **figures,
            "shipped_macro_f1": percent(macro_f1(truth, shipped, (0, 1))),
        }
    ]


def questions() -> list[Line]:
    """Questions in chat rooms, English."""
    train, test = tests.split("research-only/npschat-en/", "dev", "")
    if not test:
        return []
    asks = ("whQuestion", "ynQuestion")
    truth = [int(row["act"] in asks) for row in test]
    said, shipped = tests.binary(train, test, lambda row: int(row["act"] in asks), "question")
    return [
        {
            "case": "question-nps",
            "n": len(truth),
            "f1": percent(f1(truth, said, 1)),
            "shipped_f1": percent(f1(truth, shipped, 1)),
        }
    ]


def throughput() -> list[Line]:
    """Messages a second of one processor, every reading and its reasons; each text is new to the reader."""
    texts = [each.text for code in ("it", "en") for each in data.seeds(code)]
    root = data.folder()
    if root and (root / "permissive/umsab/it.train.tsv").exists():
        texts = [
            row["text"] for code in ("it", "en") for row in data.table(root / f"permissive/umsab/{code}.train.tsv")
        ]
    reader = built_in()
    reader.read(texts[:200])
    begun = time.process_time()
    reader.read(texts)
    return [{"case": "throughput", "n": len(texts), "per_s": round(len(texts) / (time.process_time() - begun))}]


def near_duplicates() -> list[Line]:
    """Who says nearly the same as whom, of 60,000; pairs are counted. What is kept is kept in memory here."""
    texts, truth = planting.planted(SIXTY)
    if not texts:
        return []
    begun = time.process_time()
    said = judging_near.folded(texts)
    seconds = time.process_time() - begun
    precision, recall = judging_near.pairs(truth, said)
    figures = {"f1": percent(2 * precision * recall / (precision + recall)), "precision": percent(precision)}
    figures |= {"recall": percent(recall), "per_s": round(len(texts) / seconds)}
    return [{"case": "near-duplicates-60k", "n": len(texts), **figures}]


CASES: tuple[Callable[[], Sequence[Line]], ...] = (
    umsab, corrections, languages, complaints, questions, near_duplicates, throughput,
)  # fmt: skip


def main() -> int:
    if data.folder() is None and not os.environ.get("DATA"):
        print("The public data are not here: NLP= names their folder, DATA= one of the same layout.", file=sys.stderr)
        return 1
    stamp = {"bench": "evaluate", "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": platform.machine()}
    stamp |= {"model": built_in().version, "data": "DATA" if os.environ.get("DATA") else "held out"}
    missing = 0
    for case in CASES:
        lines = case()
        if not lines:
            missing += 1
            print(f"{case.__name__}: its data are not here.", file=sys.stderr)
        for line in lines:
            written = json.dumps(stamp | line)
            print(written, flush=True)
            with RESULTS.open("a", encoding="utf-8") as results:
                results.write(written + "\n")
    return 0 if missing < len(CASES) - 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
