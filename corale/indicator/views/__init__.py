"""The indicator, and the rows that each of its numbers opens."""
