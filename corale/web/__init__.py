"""The front door for people: home, first minute, the pages that belong to no single room."""
