#!/usr/bin/env python3
"""Recomputes Corale's indicator from an export of its facts. Needs nothing but Python 3.11 or newer.

    python recompute.py facts.jsonl [--days 91] [--as-of 2026-11-22T10:00:00+00:00]

Written apart from the product, from the published definitions (docs/indicator.md), so that the product's numbers can be
held against it: it shares no line with the code that makes the page. It also checks the seals of the export.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Z = 1.6448536269514722
DAY = 86_400.0
Result = dict[str, Any]


def wilson(hits: float, n: float) -> tuple[float, float]:
    if n <= 0:
        return 0.0, 1.0
    p = min(1.0, hits / n)
    if p == 0:
        return 0.0, min(1.0, 3 / n)
    centre, spread = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return max(0.0, (centre - spread) / (1 + Z * Z / n)), min(1.0, (centre + spread) / (1 + Z * Z / n))


def kaplan_meier(waits: list[tuple[float, bool]], at: float) -> tuple[float, float]:
    """Share to whom it happened by `at`, and Greenwood's variance."""
    survival, greenwood, risk = 1.0, 0.0, len(waits)
    events_at, leaving = Counter(wait for wait, happened in waits if happened), Counter(wait for wait, _ in waits)
    for time in sorted(leaving):
        if time > at:
            break
        if events := events_at[time]:
            survival *= 1 - events / risk
            greenwood += events / (risk * (risk - events)) if events < risk else 0.0
        risk -= leaving[time]
    return 1 - survival, survival * survival * greenwood


def log_log(happened: float, variance: float, n: float) -> tuple[float, float]:
    waiting = 1 - happened
    if variance <= 0 or not 0 < waiting < 1:
        return wilson(happened * n, n)
    spread = Z * math.sqrt(variance) / abs(waiting * math.log(waiting))
    high = 1 - math.exp(math.exp(min(spread, 700.0)) * math.log(waiting)) if spread < 700 else 1.0
    return 1 - math.exp(math.exp(-spread) * math.log(waiting)), high


def effective_n(outcomes: list[tuple[Any, bool]]) -> float:
    """What clustered outcomes are worth: analysis of variance, then the design effect."""
    sizes: Counter[Any] = Counter(who for who, _ in outcomes)
    ones: Counter[Any] = Counter(who for who, hit in outcomes if hit)
    n, k, total = len(outcomes), len(sizes), sum(ones.values())
    if not n:
        return 0.0
    alike = 1.0
    if k >= 2 and n != k and total not in (0, n):
        between = sum(size * (ones[who] / size - total / n) ** 2 for who, size in sizes.items()) / (k - 1)
        within = sum(ones[who] * (size - ones[who]) / size for who, size in sizes.items()) / (n - k)
        typical = (n - sum(size * size for size in sizes.values()) / n) / (k - 1)
        alike = min(1.0, max(0.0, (between - within) / (between + (typical - 1) * within)))
    return float(n / (1 + (n / k - 1) * alike))


def working_deadline(start: float, opening: dict[str, Any], days: float) -> float:
    """The instant at which so many working days have passed since `start`."""
    zone, left = ZoneInfo(opening["zone"]), days * (opening["closes"] - opening["opens"]) * 3600.0
    day = datetime.fromtimestamp(start, zone).date()
    while True:
        if day.isoweekday() in opening["days"]:
            opens = datetime(day.year, day.month, day.day, opening["opens"], tzinfo=zone).timestamp()
            closes = datetime(day.year, day.month, day.day, opening["closes"], tzinfo=zone).timestamp()
            here = max(0.0, closes - max(opens, start))
            if here >= left:
                return float(max(opens, start) + left)
            left -= here
        day += timedelta(days=1)


class Book:
    """The facts of an export up to a moment, by kind."""

    def __init__(self, facts: Iterable[Result], header: Result, days: int, as_of: datetime) -> None:
        self.settings, self.connections = header["indicator"], header["connections"]
        self.end, self.start = as_of.timestamp(), as_of.timestamp() - days * DAY
        self.kinds: dict[str, list[Result]] = defaultdict(list)
        for fact in sorted(facts, key=lambda fact: (fact["t"], fact["id"])):
            if fact["t"] <= self.end:
                self.kinds[fact["kind"]].append(fact)

    def recent(self, kind: str) -> list[Result]:
        return [fact for fact in self.kinds[kind] if fact["t"] > self.start]


def items(book: Book) -> list[Result]:
    """Everything said to the company in the window, and what became of it."""
    found = {
        fact["message"]: {"message": fact["message"], "who": fact["person"], "place": fact["conversation"],
                          "channel": book.connections.get(str(fact["connection"]), ""), "t": fact["t"],
                          "ours": bool(fact["data"].get("addressed")), "deleted": None,
                          "answer": None, "needs": True, "out": "", "read": None, "act": None}
        for fact in book.recent("message.received")
    }  # fmt: skip
    places: dict[Any, list[Result]] = defaultdict(list)
    for item in found.values():
        places[item["place"]].append(item)
    for fact in book.recent("message.deleted"):
        if fact["message"] in found and found[fact["message"]]["deleted"] is None:
            found[fact["message"]]["deleted"] = fact["t"]
    for fact in book.recent("message.answered"):
        item = found.get(fact["message"], {})
        if not item or fact["auto"] or (item["deleted"] is not None and item["deleted"] < fact["t"]):
            continue
        if item["answer"] is None or fact["t"] < item["answer"]:
            item["answer"] = max(fact["t"], item["t"])
    judged = {fact["message"]: bool(fact["data"].get("needs_answer")) for fact in book.recent("message.judged")}
    for message, needs in judged.items():
        if message in found:
            found[message]["needs"] = needs
    moves = book.kinds["conversation.spammed"] + book.kinds["conversation.restored"]
    for fact in sorted(moves, key=lambda fact: fact["t"]):
        for item in places[fact["conversation"]]:
            item["out"] = "spam" if fact["kind"].endswith("spammed") else ""
    colleagues = {fact["by"] for fact in book.kinds["employee.joined"]} - {None}
    withdrawn = {fact["message"] for fact in book.recent("message.withdrawn")}
    for item in found.values():
        if item["who"] in colleagues or item["message"] in withdrawn:
            item["out"] = "colleague or withdrawn"
    _attention(book, places)
    return [item for item in found.values() if item["ours"] or judged.get(item["message"])]


def _attention(book: Book, places: dict[Any, list[Result]]) -> None:
    acts = {"conversation.read": "read"} | dict.fromkeys(
        ("conversation.assigned", "conversation.labelled", "conversation.closed", "note.written"), "act"
    )
    for kind, what in acts.items():
        for fact in book.recent(kind):
            if fact["auto"] or (what == "act" and (fact["data"].get("bulk") or 0) > book.settings["bulk"]):
                continue
            for item in places[fact["conversation"]]:
                if fact["t"] >= item["t"]:
                    item[what] = fact["t"] if item[what] is None else min(item[what], fact["t"])
    for some in places.values():
        for item in some:
            if item["answer"] is not None:
                for what in ("read", "act"):
                    item[what] = item["answer"] if item[what] is None else min(item[what], item["answer"])


def listening(book: Book, said: list[Result]) -> Result:
    outcomes = []
    for item in said:
        deadline = working_deadline(item["t"], book.settings["opening"], book.settings["working_days"])
        seen = None if item["read"] is None or item["act"] is None else max(item["read"], item["act"])
        if item["out"] or not item["ours"] or deadline > book.end:
            continue
        outcomes.append((item["who"], seen is not None and seen <= deadline))
    return share(outcomes)


def share(outcomes: list[tuple[Any, bool]]) -> Result:
    n, hits, worth = len(outcomes), sum(hit for _, hit in outcomes), effective_n(outcomes)
    low, high = wilson(hits / n * worth if n else 0, worth)
    return {"value": hits / n if n else None, "low": low, "high": high, "hits": hits, "n": n, "n_effective": worth}


def response(book: Book, said: list[Result], within: Any) -> Result:
    """`within`: seconds, or None for what is promised for each channel."""
    asked = [item for item in said if not item["out"] and item["needs"]]
    promised = book.settings["promise_hours"]

    def limit(item: Result) -> float:
        return float(within or promised.get(item["channel"], book.settings["otherwise_hours"]) * 3600.0)

    value = variance = 0.0
    channels: dict[str, list[Result]] = defaultdict(list)
    for item in asked:
        channels["" if within else item["channel"]].append(item)
    for some in channels.values():
        waits = [(item["answer"] - item["t"], True) if item["answer"] is not None else (book.end - item["t"], False)
                 for item in some]  # fmt: skip
        happened, spread = kaplan_meier(waits, limit(some[0]))
        value += len(some) / len(asked) * happened
        variance += (len(some) / len(asked)) ** 2 * spread
    outcomes = [
        (item["who"], item["answer"] is not None and item["answer"] - item["t"] <= limit(item)) for item in asked
    ]
    worth = effective_n(outcomes)
    low, high = log_log(value, variance * (len(asked) / worth if worth else 1.0), worth)
    hits = sum(hit for _, hit in outcomes)
    return {
        "value": value if asked else None,
        "low": low,
        "high": high,
        "hits": hits,
        "n": len(asked),
        "n_effective": worth,
    }


def breadth(book: Book, said: list[Result]) -> Result:
    active = {item["who"] for item in said if item["ours"] and not item["out"] and item["who"] is not None}
    removed = {(fact["message"], fact["data"].get("theme")) for fact in book.kinds["feedback.removed"]}
    speaker = {fact["message"]: fact["person"] for fact in book.kinds["feedback.gathered"]}
    speaker |= {fact["message"]: fact["person"] for fact in book.recent("message.received")}
    part = {fact["person"] for fact in book.recent("feedback.gathered")
            if (fact["message"], fact["data"].get("theme")) not in removed}  # fmt: skip
    part |= {
        speaker.get(each) for fact in book.recent("decision.recorded") for each in fact["data"].get("evidence", [])
    }
    n, hits, target = len(active), len(active & part), book.settings["target_breadth"]
    low, high = wilson(hits, n)
    value = min(1.0, hits / n / target) if n else None
    return {"value": value, "low": min(1.0, low / target), "high": min(1.0, high / target), "hits": hits, "n": n,
            "n_effective": n}  # fmt: skip


def employees(book: Book) -> Result:
    moves = sorted(
        book.kinds["employee.joined"] + book.kinds["employee.left"], key=lambda fact: (fact["t"], fact["id"])
    )
    works = {fact["by"]: fact["kind"] == "employee.joined" for fact in moves if fact["by"] is not None}
    there = {who for who, still in works.items() if still}
    if len(there) < book.settings["team"]:
        return {"value": None, "low": 0.0, "high": 1.0, "hits": 0, "n": len(there), "n_effective": 0}
    acts = [fact for kind in ("message.answered", "note.written", "feedback.gathered") for fact in book.recent(kind)
            if not fact["auto"] and fact["by"] in there]  # fmt: skip
    answers = [fact for fact in acts if fact["kind"] == "message.answered"]
    approved = sum(bool(fact["data"].get("approved")) for fact in answers) / len(answers) if answers else 0.0
    scale, total = (1 - approved) / len(there), len(acts)
    shares = [count / total for count in Counter(fact["by"] for fact in acts).values()]
    entropy = -sum(p * math.log(p) for p in shares)
    low, high = 0.0, 3 / len(there)
    if len(shares) == 1:
        other = min(0.5, 3 / total)
        low, high = scale, scale * math.exp(-other * math.log(other) - (1 - other) * math.log(1 - other))
    elif shares:
        spread = Z * math.sqrt(max(0.0, sum(p * math.log(p) ** 2 for p in shares) - entropy**2) / total)
        low, high = scale * max(1.0, math.exp(entropy - spread)), scale * math.exp(entropy + spread)
    number = math.exp(entropy) if shares else 0.0
    return {"value": min(1.0, number * scale), "low": min(1.0, low), "high": min(1.0, high), "hits": number,
            "n": len(there), "n_effective": total}  # fmt: skip


def decided(book: Book) -> Result:
    removed = {(fact["message"], fact["data"].get("theme")) for fact in book.kinds["feedback.removed"]}
    voices: dict[Any, dict[Any, float]] = defaultdict(dict)
    for fact in book.kinds["feedback.gathered"]:
        if fact["person"] is not None and (fact["message"], fact["data"].get("theme")) not in removed:
            voices[fact["data"].get("theme")].setdefault(fact["person"], fact["t"])
    first: dict[Any, float] = {}
    for fact in book.kinds["decision.recorded"]:
        first.setdefault(fact["data"].get("theme"), fact["t"])
    waits, enough = [], book.settings["voices"]
    for theme, people in voices.items():
        times = sorted(people.values())
        if len(times) >= enough and times[enough - 1] > book.start:
            begun, end = times[enough - 1], first.get(theme)
            waits.append((max(0.0, (book.end if end is None else end) - begun), end is not None))
    limit = book.settings["decided_within_days"] * DAY
    value, variance = kaplan_meier(waits, limit)
    low, high = log_log(value, variance, len(waits))
    hits = sum(happened and wait <= limit for wait, happened in waits)
    return {"value": value if waits else None, "low": low, "high": high, "hits": hits, "n": len(waits),
            "n_effective": len(waits)}  # fmt: skip


def told_back(book: Book) -> Result:
    ended = {fact["data"].get("decision"): fact["t"] for fact in book.recent("outcome.recorded")}
    told: dict[Any, float] = {}
    for fact in book.kinds["report.told"]:
        told.setdefault((fact["data"].get("decision"), fact["person"]), fact["t"])
    ends = ("report.failed", "report.unreachable", "report.skipped")
    given_up = {(fact["data"].get("decision"), fact["person"]) for kind in ends for fact in book.kinds[kind]}
    asked = [(fact["data"].get("decision"), fact["person"]) for fact in book.kinds["report.asked"]]
    unsettled = {decision for decision, who in asked if (decision, who) not in told and (decision, who) not in given_up}
    outcomes = []
    for decision, who in asked:
        if decision not in ended:
            continue
        deadline, at = ended[decision] + book.settings["told_within_days"] * DAY, told.get((decision, who))
        if decision in unsettled and deadline > book.end:
            continue
        outcomes.append((who, at is not None and at <= deadline))
    return share(outcomes)


def compute(facts: Iterable[Result], header: Result, days: int, as_of: datetime) -> dict[str, Result]:
    """Every measure: value, low, high, hits, n, n_effective."""
    book = Book(facts, header, days, as_of)
    said = items(book)
    return {
        "L2": listening(book, said), "R1": response(book, said, None), "R2": response(book, said, 7 * DAY),
        "P1": breadth(book, said), "P4": employees(book), "I1": decided(book), "I3": told_back(book),
    }  # fmt: skip


def phi(measures: dict[str, Result], settings: Result) -> float | None:
    """The geometric mean of the four dimensions, when each has a part with enough data."""
    means = []
    for parts in (("L2",), ("R1", "R2"), ("P1", "P4"), ("I1", "I3")):
        enough = [found["value"] for found in (measures[part] for part in parts)
                  if found["value"] is not None and found["n_effective"] >= settings["enough_n"]
                  and (found["high"] - found["low"]) / 2 <= settings["enough_half_width"]]  # fmt: skip
        if not enough:
            return None
        means.append(math.prod(max(0.01, value) for value in enough) ** (1 / len(enough)))
    return 100 * math.prod(means) ** 0.25


def read(path: str) -> tuple[Result, list[Result], str]:
    """The header, the facts, and what the seals say."""
    header: Result = {}
    facts: list[Result] = []
    lines: list[tuple[int, str]] = []
    problem, sealed, previous, position = "", 0, "", 0
    with open(path, encoding="utf-8") as opened:
        for text in opened:
            line = json.loads(text)
            if "corale" in line:
                header = line
            elif "seal" in line:
                seal, digest = line["seal"], hashlib.sha256(f"{previous}\n".encode())
                count = 0
                while position < len(lines) and lines[position][0] <= seal["last"]:
                    digest.update(f"{lines[position][1]}\n".encode())
                    position, count = position + 1, count + 1
                if (digest.hexdigest(), count, previous) != (seal["digest"], seal["count"], seal["previous"]):
                    problem = problem or f"the seal of the facts {seal['first']}–{seal['last']} does not hold"
                previous, sealed = seal["digest"], sealed + count
            else:
                lines.append((line["id"], text.rstrip("\n")))
                facts.append(line | {"t": datetime.fromisoformat(line["at"]).timestamp()})
    return header, facts, problem or f"{sealed} of {len(facts)} facts are sealed, and every seal holds"


def main() -> int:
    parser = argparse.ArgumentParser(description="Recompute Corale's indicator from an export of its facts.")
    parser.add_argument("file")
    parser.add_argument("--days", type=int, default=91)
    parser.add_argument("--as-of", help="a moment; default: that of the page's figures, else of the export")
    given = parser.parse_args()
    header, facts, seals = read(given.file)
    as_of = given.as_of or header.get("snapshots", {}).get(str(given.days)) or header["exported_at"]
    known = None if given.as_of else header.get("last_facts", {}).get(str(given.days))
    facts = [fact for fact in facts if known is None or fact["id"] <= known]
    measures = compute(facts, header, given.days, datetime.fromisoformat(as_of))
    print(f"{given.days} days to {as_of}; definitions of {header['indicator']['definitions']}; {seals}.")
    for key, found in measures.items():
        value = "—" if found["value"] is None else f"{100 * found['value']:.2f} %"
        print(f"{key}  {value:>9}  [{100 * found['low']:.2f}, {100 * found['high']:.2f}]  "
              f"{found['hits']:g} of {found['n']}, worth {found['n_effective']:.1f}")  # fmt: skip
    together = phi(measures, header["indicator"])
    print("Φ   not enough yet" if together is None else f"Φ   {together:.2f}")
    return 1 if "does not hold" in seals else 0


if __name__ == "__main__":
    sys.exit(main())
