"""Who signs in, and who is asked to."""

from corale.accounts.models.user import Role, User, Users

__all__ = ["Role", "User", "Users"]
