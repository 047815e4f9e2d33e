"""Pages about our accounts elsewhere."""
