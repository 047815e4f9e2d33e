"""Thousands of saved words against everything that comes. Plain Python: no database.

typed words ─ wanted.py ─ Wanted ─┐
                                  ├─ sieve.py ─ which query wants which message
a message ─ saying.py ─ Saying ───┘
"""
