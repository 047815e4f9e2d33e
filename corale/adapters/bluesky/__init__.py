"""Bluesky and every other service of the AT Protocol, spoken to as one of its accounts. README.md says how."""
