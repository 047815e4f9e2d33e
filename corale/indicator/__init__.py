"""Façade or philosophy? Measures and their evidence; it only reads.

    ledger ─ history.py (facts of a window) ─ measures/ (a dimension a file) ─ taking.py (a snapshot, its rows) ─ pages

A page never computes: it shows the last snapshot and opens its rows. `corale/ledger/recompute.py` computes the same
from an export, on its own.
"""
