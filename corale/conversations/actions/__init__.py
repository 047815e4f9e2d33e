"""What is done to conversations: one verb per file."""
