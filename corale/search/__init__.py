"""One index over everything that can be found by words.

    words change ─ Pending ─ index.py (a loop of the worker) ─ engines/ ─ find.py ─ the search page, the inbox

Rooms above say with `register` how the words of their things are read. Newest first is the order; "best first" ranks
the newest thousand matches, because ranking every match of a common word costs more the more is stored.
"""
