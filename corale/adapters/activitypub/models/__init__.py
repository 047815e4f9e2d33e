"""Our actors and theirs, who follows whom, what we have said, and where it still has to go."""

from corale.adapters.activitypub.models.activity import Activity, Dispatch
from corale.adapters.activitypub.models.actor import Actor
from corale.adapters.activitypub.models.allowance import Allowance
from corale.adapters.activitypub.models.complaint import Complaint, OurComplaint
from corale.adapters.activitypub.models.follow import Follower, Following
from corale.adapters.activitypub.models.memory import Overheard, Stumble, Tombstone
from corale.adapters.activitypub.models.post import Post, Reaction
from corale.adapters.activitypub.models.refusal import Refusal
from corale.adapters.activitypub.models.remote_actor import RemoteActor, RemoteKey
from corale.adapters.activitypub.models.rule import RuleChange, RuleImport, Shunning
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
    "OurComplaint",
    "Overheard",
    "Post",
    "Reaction",
    "Refusal",
    "RemoteActor",
    "RemoteKey",
    "RuleChange",
    "RuleImport",
    "Server",
    "Shunning",
    "Stamp",
    "Stumble",
    "Tombstone",
]
