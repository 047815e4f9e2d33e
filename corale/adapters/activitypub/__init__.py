"""The company as a place on the fediverse: the brand and its people are actors on its own domain (ActivityPub)."""
