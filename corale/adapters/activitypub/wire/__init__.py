"""JSON to our words and back; no Django, no network."""
