"""What changes on a page without reloading: a bus and a stream of events."""

from corale.live.publish import publish

__all__ = ["publish"]
