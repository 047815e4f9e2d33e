"""What the Makefile calls, for those who develop Corale."""
