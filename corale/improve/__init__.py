"""Themes, decisions and report-backs: what the company changes, and telling each person who asked."""
