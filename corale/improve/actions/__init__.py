"""From a voice to an answer, one verb per file."""
