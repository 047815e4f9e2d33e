"""What changes on a page without reloading: a bus and a stream of events."""
