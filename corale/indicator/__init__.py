"""Façade or philosophy? Measures and their evidence; it only reads."""
