"""Background work as rows: lease, state, attempt, next time."""
