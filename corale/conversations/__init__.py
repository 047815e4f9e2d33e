"""Conversations, messages and reactions: the record everybody works on."""
