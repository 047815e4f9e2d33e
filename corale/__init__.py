"""Corale: the place from which a company takes part in conversations, as people."""

__version__ = "0.1.0"
