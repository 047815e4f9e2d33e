"""What a member keeps while answering."""

from corale.respond.models.draft import Draft
from corale.respond.models.guideline import Guideline
from corale.respond.models.presence import Presence

__all__ = ["Draft", "Guideline", "Presence"]
