"""Files of messages: what another desk, an archive or a researcher exported, as JSON lines or CSV."""
