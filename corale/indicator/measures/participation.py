"""Participation: people take part, outside and inside the company."""

from __future__ import annotations

from collections import Counter

from corale.indicator.history import History, Item
from corale.indicator.measured import Measured, Row
from corale.indicator.promises import TARGET_BREADTH, TEAM
from corale.lib.diversity import effective_number, effective_number_interval
from corale.lib.wilson import Interval, wilson


def breadth(history: History) -> Measured:
    """P1: of the people who spoke to us, the share who took part: whose words a colleague gathered into a theme, or on
    whose words a decision rests; divided by the published target of one in ten, and at most 1."""
    active = _first_words(history)
    took_part = _took_part(history)
    rows = [
        Row("hit" if person in took_part else "miss", item.at, item.conversation, item.message, person,
            reason=took_part.get(person, "spoke"))
        for person, item in active.items()
    ]  # fmt: skip
    n, hits = len(active), sum(row.counted == "hit" for row in rows)
    share = hits / n if n else 0.0
    interval = wilson(hits, n).scaled(1 / TARGET_BREADTH)
    return Measured("P1", min(1.0, share / TARGET_BREADTH) if n else None, interval, hits, n, n, rows)


def _first_words(history: History) -> dict[int, Item]:
    """Everybody who spoke to us in the window, with the first thing they said."""
    found: dict[int, Item] = {}
    for item in history.addressed():
        if item.person is not None and not item.excluded:
            found.setdefault(item.person, item)
    return found


def _took_part(history: History) -> dict[int, str]:
    """Person → how: asked (their words were gathered), worked with (a decision rests on them)."""
    removed = {(fact.message, fact.data.get("theme")) for fact in history.told["feedback.removed"]}
    speaker = {fact.message: fact.person for fact in history.told["feedback.gathered"]} | history.speakers
    found: dict[int, str] = {}
    for fact in history.within("feedback.gathered"):
        if fact.person is not None and (fact.message, fact.data.get("theme")) not in removed:
            found[fact.person] = "gathered"
    for fact in history.within("decision.recorded"):
        for message in fact.data.get("evidence", []):
            if (person := speaker.get(message)) is not None:
                found[person] = "cited"
    return found


def _there(history: History) -> set[int]:
    """Who works here at the end of the window; who left and came back is here."""
    moves = sorted(history.told["employee.joined"] + history.told["employee.left"], key=lambda fact: (fact.at, fact.id))
    last = {fact.by: fact.kind for fact in moves if fact.by is not None}
    return {person for person, kind in last.items() if kind == "employee.joined"}


def employees(history: History) -> Measured:
    """P4: how many colleagues really take part: the effective number (exp of the entropy of acts) of those who
    answered, noted or gathered, divided by all who could. With fewer than five colleagues nothing is said, so that no
    number is ever one person's."""
    there = _there(history)
    acts: Counter[int] = Counter()
    rows: list[Row] = []
    approved = answers = 0
    for kind in ("message.answered", "note.written", "feedback.gathered"):
        for fact in history.within(kind):
            if fact.auto or fact.by not in there:
                continue
            acts[fact.by or 0] += 1
            rows.append(Row("hit", fact.at, fact.conversation, fact.message, fact.person, reason=kind))
            answers += kind == "message.answered"
            approved += bool(fact.data.get("approved"))
    eligible, free = len(there), 1 - (approved / answers if answers else 0.0)
    if eligible < TEAM:
        return Measured("P4", None, Interval(0, 1), 0, eligible, 0, [], {"eligible": eligible}, withheld="team")
    counts = list(acts.values())
    effective = effective_number(counts)
    scale = free / eligible
    interval = effective_number_interval(counts).scaled(scale) if counts else Interval(0.0, 3 / eligible)
    extra = {"eligible": eligible, "effective": round(effective, 2), "active": len(acts)}
    return Measured("P4", min(1.0, effective * scale), interval, effective, eligible, len(rows), rows, extra)
