"""The public pages of actors and posts, and the documents that other servers read at the same addresses."""
