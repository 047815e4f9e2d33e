"""Reading one message: language, sentiment, intents, whether it needs an answer. Plain Python, nothing of the database.

words.py     a text to tokens, and the features of each
weights.py   the file of weights, and sums over it
reader.py    the contract of a reading, and the built-in reader
learning.py  what the company's own corrections add to it
near.py      which texts are the same text again
"""
