"""One folder per channel we speak."""
