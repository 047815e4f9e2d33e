"""What the book of facts keeps, and the audit beside it."""

from corale.ledger.models.audit_entry import AuditEntry
from corale.ledger.models.fact import Fact

__all__ = ["AuditEntry", "Fact"]
