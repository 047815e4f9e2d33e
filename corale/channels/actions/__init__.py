"""What is done with channels: one verb per file."""
