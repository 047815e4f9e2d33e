"""What leaves: published here first, then one dispatch for each inbox that should have it."""

from corale.adapters.activitypub.sending.acting import act, followers_inboxes

__all__ = ["act", "followers_inboxes"]
