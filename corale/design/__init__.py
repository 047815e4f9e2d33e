"""Pages: the frame, tokens, components."""
