"""What this room adds to the frame."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "corale.ledger"
    label = "ledger"
