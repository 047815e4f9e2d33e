"""Pictures and faces of the record."""
