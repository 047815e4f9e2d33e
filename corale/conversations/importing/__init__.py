"""Files of messages come in through the same pipeline as everything else: preview, run, undo, replay."""
