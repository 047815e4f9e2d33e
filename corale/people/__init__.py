"""Persons, their identities on every network, profiles and affiliations."""
