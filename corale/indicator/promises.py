"""What the company promises, and the other settings of the definitions in force. They are part of every export."""

from __future__ import annotations

from typing import Any

DEFINITIONS = "2026-11"  # the version of the definitions; a change restates history
PROMISE_HOURS: dict[str, float] = {"bluesky": 3, "demo": 3, "files": 3, "email": 24}
OTHERWISE_HOURS = 3.0
WORKING_DAYS = 2  # of L2
ZONE, DAYS, OPENS, CLOSES = "Europe/Rome", (1, 2, 3, 4, 5), 9, 18  # the working day of L2
TARGET_BREADTH = 0.10  # of P1
VOICES = 5  # of I1: a theme counts when so many people raised it
DECIDED_WITHIN_DAYS = 60  # of I1
TOLD_WITHIN_DAYS = 14  # of I3
BULK = 20  # an act on more at once is no attention
ENOUGH_N, ENOUGH_HALF_WIDTH = 30, 0.10
TEAM = 5  # below so many colleagues nothing is said about them


OPENING = {"zone": ZONE, "days": list(DAYS), "opens": OPENS, "closes": CLOSES}


def settings() -> dict[str, Any]:
    """For the export, so that anybody can recompute."""
    return {
        "definitions": DEFINITIONS, "promise_hours": PROMISE_HOURS, "otherwise_hours": OTHERWISE_HOURS,
        "working_days": WORKING_DAYS, "opening": OPENING, "target_breadth": TARGET_BREADTH, "voices": VOICES,
        "decided_within_days": DECIDED_WITHIN_DAYS, "told_within_days": TOLD_WITHIN_DAYS, "bulk": BULK,
        "enough_n": ENOUGH_N, "enough_half_width": ENOUGH_HALF_WIDTH, "team": TEAM,
    }  # fmt: skip
