"""Passwords that cost nothing to check, and that the product's own settings understand."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickHasher(Argon2PasswordHasher):
    """Argon2 with next to no work."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
