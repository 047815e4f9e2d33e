"""Improvement: what many ask for is decided, and whoever asked is told."""

from __future__ import annotations

from collections import defaultdict

from corale.indicator.history import History
from corale.indicator.measured import Measured, Row
from corale.indicator.promises import DECIDED_WITHIN_DAYS, TOLD_WITHIN_DAYS, VOICES
from corale.lib.clusters import Clusters
from corale.lib.kaplan_meier import KaplanMeier
from corale.lib.wilson import wilson

DAY = 86_400.0


def decided(history: History) -> Measured:
    """I1: the probability that a theme which five people have raised is decided on, with a reason (yes, later, no),
    within sixty days of the fifth. Kaplan and Meier's estimate; what is not decided yet counts as still waiting. Left
    out: themes with fewer than five people."""
    raised, small = _raised(history)
    first: dict[int, float] = {}
    for fact in history.told["decision.recorded"]:
        first.setdefault(int(fact.data.get("theme") or 0), fact.at)
    rows, waits = [], []
    for theme, at in raised.items():
        done = first.get(theme)
        wait = max(0.0, (done if done is not None else history.as_of) - at)
        waits.append((wait, done is not None))
        in_time = done is not None and wait <= DECIDED_WITHIN_DAYS * DAY
        reason = "decided" if done is not None else "undecided"
        rows.append(Row("hit" if in_time else "miss", at, ref=theme, reason=reason, seconds=wait))
    rows += [Row("out", at, ref=theme, reason="few voices") for theme, at in small.items()]
    curve, n = KaplanMeier(waits), len(waits)
    value = curve.happened_by(DECIDED_WITHIN_DAYS * DAY)
    interval = curve.interval_at(DECIDED_WITHIN_DAYS * DAY)
    return Measured("I1", value if n else None, interval, sum(row.counted == "hit" for row in rows), n, n, rows)


def _raised(history: History) -> tuple[dict[int, float], dict[int, float]]:
    """Themes and when their fifth person came, if in the window; and themes with fewer people, with their first."""
    removed = {(fact.message, fact.data.get("theme")) for fact in history.told["feedback.removed"]}
    voices: dict[int, dict[int, float]] = defaultdict(dict)
    for fact in history.told["feedback.gathered"]:
        theme = int(fact.data.get("theme") or 0)
        if fact.person is not None and (fact.message, fact.data.get("theme")) not in removed:
            voices[theme].setdefault(fact.person, fact.at)
    raised, small = {}, {}
    for theme, people in voices.items():
        times = sorted(people.values())
        if len(times) < VOICES:
            small[theme] = times[0]
        elif times[VOICES - 1] > history.start:
            raised[theme] = times[VOICES - 1]
    return raised, small


def told_back(history: History) -> Measured:
    """I3: of all who asked for what was decided and has come to an outcome, the share who were told it, where they
    asked, delivered, within fourteen days. Left out: everybody of an outcome while its fourteen days are not over and
    somebody is not told yet; else the first told would stand for all."""
    ended = {int(fact.data.get("decision") or 0): fact.at for fact in history.within("outcome.recorded")}
    told: dict[tuple[int, int | None], float] = {}
    for fact in history.told["report.told"]:
        told.setdefault((int(fact.data.get("decision") or 0), fact.person), fact.at)
    why: dict[tuple[int, int | None], tuple[str, int | None]] = {}
    for kind in ("report.failed", "report.unreachable", "report.skipped"):
        for fact in history.told[kind]:
            why[int(fact.data.get("decision") or 0), fact.person] = kind.partition(".")[2], fact.by
    rows, clusters = [], Clusters()
    asked = [(int(fact.data.get("decision") or 0), fact) for fact in history.told["report.asked"]]
    settled = told.keys() | why.keys()
    unsettled = {decision for decision, fact in asked if (decision, fact.person) not in settled}
    for decision, fact in asked:
        if decision not in ended:
            continue
        deadline, at = ended[decision] + TOLD_WITHIN_DAYS * DAY, told.get((decision, fact.person))
        reason, by = why.get((decision, fact.person), ("not told", None))
        place = {"conversation_id": fact.conversation, "person_id": fact.person, "ref": decision}
        if decision in unsettled and deadline > history.as_of:
            rows.append(Row("out", ended[decision], reason="still in time", **place))
            continue
        if at is not None and at <= deadline:
            rows.append(Row("hit", ended[decision], reason="told", seconds=at - ended[decision], **place))
        else:
            late = "late" if at is not None else reason
            rows.append(Row("miss", ended[decision], reason=late, by_id=by, **place))
        clusters.add(fact.person, rows[-1].counted == "hit")
    n, hits = clusters.n, clusters.successes
    effective = clusters.effective_n() if n else 0.0
    return Measured(
        "I3", hits / n if n else None, wilson(hits / n * effective if n else 0, effective), hits, n, effective, rows
    )
