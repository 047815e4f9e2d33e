"""What a member keeps while answering."""

from corale.respond.models.draft import Draft
from corale.respond.models.guideline import Guideline

__all__ = ["Draft", "Guideline"]
