"""Sentences that more than one page says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TOO_MANY_PICTURES = _("No more pictures fit here: this channel takes %(count)s.")
NOT_A_PICTURE = _("This file is not a picture we can send. Take a JPEG, PNG, WebP or GIF of at most 12 MB.")
NEEDS_ALT = _("Say in words what each picture shows: some people cannot see it.")
ALT_TOO_LONG = _("The words for a picture are too long: at most %(count)s characters.")
_TOO_LONG = _("This is %(over)s too long for the channel. Shorten it.")
UNITS = {"grapheme": "graphemes", "character": "characters", "byte": "bytes"}  # as the counter calls them
NOTHING_SAID = _("Write something first.")
CANNOT_ANSWER = {
    "channel": _("This channel cannot be answered from here."),
    "disconnected": _("The account is not connected any more. An administrator can connect it again under Channels."),
    "nothing": _("There is nothing left here that can be answered."),
    "empty": NOTHING_SAID,
}
CANNOT_REACT = {
    "channel": _("This channel does not know that."),
    "disconnected": CANNOT_ANSWER["disconnected"],
    "direct": _("What was said to us alone is not passed on."),
    "nothing": _("It is not there any more."),
}
REACTIONS = {
    "like": {"do": _("Like"), "undo": _("Take the like back"), "done": _("We like this"), "key": "+",
             "last": _("Like the last message"), "failed": _("The like did not arrive")},
    "repost": {"do": _("Repost"), "undo": _("Take the repost back"), "done": _("We reposted this"), "key": "b",
               "last": _("Repost the last message"), "failed": _("The repost did not arrive")},
}  # fmt: skip
CHANGED = _(
    "Somebody else changed this since you looked. It stands here as it is now: do it again if it is still right."
)
NOT_YOURS = _("It is held in quarantine: a coordinator decides whether it comes in.")
DONE = {
    "close": _("Closed."),
    "wait": _("Now it waits for them."),
    "assign": _("Assigned."),
    "snooze": _("Snoozed."),
    "priority": _("Priority changed."),
    "spam": _("Put away as spam."),
    "let_in": _("Let in."),
    "keep_out": _("Kept out: it stands under Spam."),
    "trash": _("Put into the trash."),
    "nameless": _("Give the label a name."),
}
HELD = {
    "muted": _("You have muted this person: what they write waits here. Nobody has told them."),
    "limited": _("It comes from a server that you have limited, and from somebody whom we neither follow nor know."),
    "newcomer": _(
        "The account is younger than a day or says nothing about itself, and its first words carry a link or speak to "
        "many. It may be an honest newcomer."
    ),
    "": _("A colleague put it back here."),
}
DELIVERY = {
    "held": _("Leaves in a moment"),
    "waiting": _("Waits for its turn"),
    "sending": _("Sending"),
    "sent": _("Sent"),
    "unknown": _("Perhaps sent"),
    "failed": _("Failed"),
    "cancelled": _("Taken back"),
}
DELIVERY_ICONS = {"sent": "check", "failed": "warning", "unknown": "warning", "sending": "send"}


def too_long(length: int, limit: int) -> str:
    """By how much, and what to do."""
    return _TOO_LONG % {"over": length - limit}
