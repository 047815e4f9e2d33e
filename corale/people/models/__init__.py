"""Persons, and how they are known on every network."""

from corale.people.models.affiliation import Affiliation
from corale.people.models.identity import Identity, IdentityName
from corale.people.models.person import Person

__all__ = ["Affiliation", "Identity", "IdentityName", "Person"]
