"""Readings, what colleagues said about them, what was learnt from that, and who says nearly the same as whom; saved
queries and what they found."""

from corale.listen.models.correction import Correction
from corale.listen.models.echo import Band, Echo
from corale.listen.models.learned import Learned
from corale.listen.models.match import Match
from corale.listen.models.progress import Progress
from corale.listen.models.query import LookBack, Mute, Query
from corale.listen.models.reading import Reading

__all__ = [
    "Band",
    "Correction",
    "Echo",
    "Learned",
    "LookBack",
    "Match",
    "Mute",
    "Progress",
    "Query",
    "Reading",
]
