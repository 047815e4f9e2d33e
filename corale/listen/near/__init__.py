"""Which messages say the same in nearly the same words. Plain Python, nothing of the database.

signing.py   a text to its pieces, and to the numbers under which texts that are near find each other
folding.py   each message to a representative that it is itself near to

Groups are never closed from neighbour to neighbour: among a million messages that made one heap of strangers.
"""
