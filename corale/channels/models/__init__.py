"""Connections, what arrived through them, and what leaves."""

from corale.channels.models.connection import Connection
from corale.channels.models.cursor import Cursor
from corale.channels.models.delivery import Delivery
from corale.channels.models.envelope import Envelope
from corale.channels.models.stored_file import StoredFile

__all__ = ["Connection", "Cursor", "Delivery", "Envelope", "StoredFile"]
