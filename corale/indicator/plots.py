"""The plot of answers over time, as numbers for an SVG; the template draws it."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import Any

LEFT, RIGHT, TOP, BOTTOM = 44.0, 470.0, 16.0, 190.0
_TICKS = ((60, "1 min"), (600, "10 min"), (3600, "1 h"), (10_800, "3 h"), (86_400, "1 d"), (604_800, "7 d"))
_FIRST, _LAST = 60.0, 604_800.0


@dataclass(slots=True)
class Plot:
    """Paths and labels, in the units of the drawing (480 × 220)."""

    line: str
    band: str
    ticks: list[tuple[float, str]]
    table: list[tuple[str, float, float, float]]
    end_y: float


def plot(curve: list[list[float]]) -> Plot | None:
    """Share answered by time, on a logarithmic clock from a minute to a week."""
    if not curve:
        return None
    line = [f"M{LEFT:.1f} {BOTTOM:.1f}"]
    upper = [f"M{LEFT:.1f} {BOTTOM:.1f}"]
    lower: list[str] = []
    low_before = BOTTOM
    for seconds, share, low, high in curve:
        x = _x(seconds)
        line.append(f"H{x:.1f}V{_y(share):.1f}")
        upper.append(f"H{x:.1f}V{_y(high):.1f}")
        lower.append(f"L{x:.1f} {_y(low):.1f}L{x:.1f} {low_before:.1f}")
        low_before = _y(low)
    line.append(f"H{RIGHT:.1f}")
    upper.append(f"H{RIGHT:.1f}")
    band = "".join(upper) + f"V{low_before:.1f}" + "".join(reversed(lower)) + "Z"
    return Plot("".join(line), band, [(_x(seconds), name) for seconds, name in _TICKS], _table(curve), _y(curve[-1][1]))


def _table(curve: list[list[float]]) -> list[tuple[str, float, float, float]]:
    """The curve at the ticks."""
    found = []
    for seconds, name in _TICKS:
        before = [point for point in curve if point[0] <= seconds]
        share, low, high = before[-1][1:] if before else (0.0, 0.0, 0.0)
        found.append((name, 100 * share, 100 * low, 100 * high))
    return found


def _x(seconds: float) -> float:
    at = min(max(seconds, _FIRST), _LAST)
    return LEFT + (RIGHT - LEFT) * (log10(at) - log10(_FIRST)) / (log10(_LAST) - log10(_FIRST))


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share


def bar(measure: dict[str, Any]) -> dict[str, float]:
    """The interval and the value of a measure on a bar 100 wide."""
    low, high = 100 * measure["low"], 100 * measure["high"]
    return {
        "low": round(low, 1),
        "width": round(max(high - low, 0.8), 1),
        "value": round(100 * (measure["value"] or 0), 1),
    }
