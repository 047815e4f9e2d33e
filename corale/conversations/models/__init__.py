"""The record everybody works on."""

from corale.conversations.models.confidant import Confidant
from corale.conversations.models.conversation import Conversation
from corale.conversations.models.import_run import ImportRun, RejectedLine
from corale.conversations.models.interaction import Interaction
from corale.conversations.models.label import Label, Labelling
from corale.conversations.models.message import Message, MessageVersion
from corale.conversations.models.traces import Assignment, Closure, Mention, ReadMark, Snooze

__all__ = [
    "Assignment",
    "Closure",
    "Confidant",
    "Conversation",
    "ImportRun",
    "Interaction",
    "Label",
    "Labelling",
    "Mention",
    "Message",
    "MessageVersion",
    "ReadMark",
    "RejectedLine",
    "Snooze",
]
