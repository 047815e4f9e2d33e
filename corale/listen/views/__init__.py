"""Pages of this room: readings, saved queries, what they found."""
