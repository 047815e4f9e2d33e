"""What leaves: published here first, then one dispatch for each inbox that should have it."""
