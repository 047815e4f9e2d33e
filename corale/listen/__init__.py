"""What is being said: language, sentiment, intents, and whether somebody waits for an answer.

    messages ─ catching_up.py (a loop of the worker) ─ reading/ ─ Reading ─ under each message
                                                          ▲                        │ corrected by one key
                                                       Learned ◀─ learning.py ◀─ Correction

A reading is a guess with a probability. It is shown, explained and corrected; it never hides a message.
"""
