"""What is being said: language, sentiment, intents, whether somebody waits for an answer, and who else says it.

    messages ─ catching_up.py (a loop of the worker) ─ reading/ ─ Reading ─ under each message
                                                          ▲                        │ corrected by one key
                                                       Learned ◀─ learning.py ◀─ Correction
             └ echoing.py ─ near/ ─ Echo ─ "37 people say this"

A reading is a guess with a probability. It is shown, explained and corrected; it never hides a message.
"""
