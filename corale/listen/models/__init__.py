"""Readings, what colleagues said about them, and what was learnt from that."""

from corale.listen.models.correction import Correction
from corale.listen.models.learned import Learned
from corale.listen.models.progress import Progress
from corale.listen.models.reading import Reading

__all__ = ["Correction", "Learned", "Progress", "Reading"]
