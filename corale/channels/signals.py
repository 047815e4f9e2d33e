"""What the floors above may want to know."""

from django.dispatch import Signal

envelopes_kept = Signal()
"""`connection`: something arrived and is kept. Sent after the commit; whoever listens may be called again."""

delivery_ended = Signal()
"""`delivery`: it is sent, failed, cancelled, or nobody can know. Sent in the transaction that says so: what a listener
writes stands together with it or not at all."""
