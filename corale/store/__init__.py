"""The few hot paths where the engine's own SQL pays: batches, ids, upserts."""
