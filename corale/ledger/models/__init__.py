"""What the book of facts keeps, and the audit beside it."""

from corale.ledger.models.audit_entry import AuditEntry
from corale.ledger.models.fact import Fact
from corale.ledger.models.seal import Seal

__all__ = ["AuditEntry", "Fact", "Seal"]
