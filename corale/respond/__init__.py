"""The desk: inbox, thread, composer, and everything a member does to answer."""
