"""Small readings for the public pages."""
