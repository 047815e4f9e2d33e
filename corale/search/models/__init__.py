"""What waits for the index."""

from corale.search.models.pending import Pending

__all__ = ["Pending"]
