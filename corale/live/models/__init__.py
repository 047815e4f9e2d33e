"""The rows of this room."""

from corale.live.models.event import LiveEvent

__all__ = ["LiveEvent"]
