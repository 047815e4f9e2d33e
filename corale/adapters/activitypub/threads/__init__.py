"""The thread around what is said to us: asked for where it lives, within bounds, and kept as envelopes.

What is answered comes first, because an answer is read in its thread: its parents, one after the other, until the
beginning or the end of our patience; the record then learns under which root it stands. The rest (the thread's own
collection, then what others answered) is asked for a moment later. No object is asked for more than once an hour, and
whatever cannot be had is left out: a thread is a convenience, the message is not.
"""

from corale.adapters.activitypub.threads.asking import bring, overhear
from corale.adapters.activitypub.threads.following_up import concerns_us, follow_up

__all__ = ["bring", "concerns_us", "follow_up", "overhear"]
