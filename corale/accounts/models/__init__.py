"""Who signs in, who is asked to, and the company they work for."""

from corale.accounts.models.company import Company
from corale.accounts.models.invitation import Invitation
from corale.accounts.models.one_time_link import OneTimeLink
from corale.accounts.models.user import Role, User, Users

__all__ = ["Company", "Invitation", "OneTimeLink", "Role", "User", "Users"]
