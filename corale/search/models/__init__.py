"""The index, and what waits for it."""

from corale.search.models.entry import Entry, Name
from corale.search.models.pending import Pending

__all__ = ["Entry", "Name", "Pending"]
