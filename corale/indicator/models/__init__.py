"""What the pages show: snapshots and the rows behind them."""

from corale.indicator.models.snapshot import Counting, Snapshot

__all__ = ["Counting", "Snapshot"]
