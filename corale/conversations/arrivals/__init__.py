"""Events of a channel become the record: people, conversations, messages, reactions, facts, in one transaction.

    events ─ identities ─ places ─ messages ─ answers ─ reactions, absences ─ facts ─ what the index must read

Each file is one station. Everything is worked in batches: a batch costs the same few statements whatever its size.
"""
