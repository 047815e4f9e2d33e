"""The measures in force, one file for each dimension; their docstrings are their pages in the manual."""

from __future__ import annotations

from collections.abc import Callable

from corale.indicator.history import History
from corale.indicator.measured import Measured
from corale.indicator.measures.improvement import decided, told_back
from corale.indicator.measures.listening import attention
from corale.indicator.measures.participation import breadth, employees
from corale.indicator.measures.response import at_all, in_time

Measure = Callable[[History], Measured]

MEASURES: dict[str, Measure] = {
    "L2": attention, "R1": in_time, "R2": at_all, "P1": breadth, "P4": employees, "I1": decided, "I3": told_back,
}  # fmt: skip
DIMENSIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "L": (("L2",), ("L1", "L3", "L4")),
    "R": (("R1", "R2"), ("R3", "R4")),
    "P": (("P1", "P4"), ("P2", "P3")),
    "I": (("I1", "I3"), ("I2", "I4")),
}
"""Dimension → the parts that are measured, and those that are not yet."""
