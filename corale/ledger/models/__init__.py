"""What the book of facts keeps."""

from corale.ledger.models.fact import Fact

__all__ = ["Fact"]
