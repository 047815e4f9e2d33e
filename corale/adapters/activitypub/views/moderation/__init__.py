"""Looking after the fediverse: what was refused, which servers we know, what we decided about them, who complains."""
