"""What others bring to our inboxes: verified, kept, then worked."""
