"""What people seem to talk about: groups of recent messages that want something, for colleagues to judge.

terms.py      a message to the words that may tell what it is about
grouping.py   messages to groups, without a library for numbers
"""
