"""Our actors and theirs, who follows whom, what we have said, and where it still has to go."""

from corale.adapters.activitypub.models.activity import Activity, Dispatch
from corale.adapters.activitypub.models.actor import Actor
from corale.adapters.activitypub.models.allowance import Allowance
from corale.adapters.activitypub.models.complaint import Complaint
from corale.adapters.activitypub.models.follow import Follower, Following
from corale.adapters.activitypub.models.memory import Overheard, Stumble, Tombstone
from corale.adapters.activitypub.models.post import Post, Reaction
from corale.adapters.activitypub.models.refusal import Refusal
from corale.adapters.activitypub.models.remote_actor import RemoteActor, RemoteKey
from corale.adapters.activitypub.models.server import Server
from corale.adapters.activitypub.models.stamp import Stamp

__all__ = [
    "Activity",
    "Actor",
    "Allowance",
    "Complaint",
    "Dispatch",
    "Follower",
    "Following",
    "Overheard",
    "Post",
    "Reaction",
    "Refusal",
    "RemoteActor",
    "RemoteKey",
    "Server",
    "Stamp",
    "Stumble",
    "Tombstone",
]
