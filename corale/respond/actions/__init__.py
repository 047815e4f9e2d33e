"""What a member does while answering: one verb per file."""
