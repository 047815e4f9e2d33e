"""Why something was refused, in words, and what one may do about it (`signing.errors`)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, tuple[Promise, Promise]] = {
    "blocked_server": (_("From a blocked server"), _("As you decided.")),
    "blocked_actor": (_("From a blocked person"), _("As you decided.")),
    "too_many": (
        _("Too much within a minute"),
        _("They are asked to wait and come again by themselves. Limit or block a server that never stops."),
    ),
    "wrong_signature": (
        _("The signature does not fit"),
        _("Somebody pretends, or a server has a new key that its own pages do not show yet."),
    ),
    "unsigned": (_("Not signed"), _("Nobody can know who sent it.")),
    "unreadable_signature": (_("The signature cannot be read"), _("Their software makes a mistake.")),
    "several_signatures": (_("More than one signature"), _("Their software makes a mistake.")),
    "unknown_algorithm": (_("Signed in a way we do not know"), _("Their software is very new, or very old.")),
    "not_covered": (_("The signature leaves something out"), _("Their software makes a mistake.")),
    "wrong_host": (_("Signed for somebody else"), _("It was written for another server, or repeated by a stranger.")),
    "too_old": (_("Signed too long ago"), _("Repeated by a stranger, or their clock is wrong. Look at ours too.")),
    "from_the_future": (_("Signed in the future"), _("Their clock is wrong. Look at ours too.")),
    "expired": (_("The signature had ended"), _("Repeated by a stranger, or their clock is wrong.")),
    "no_digest": (_("The words are not signed"), _("Anybody could have changed them.")),
    "wrong_digest": (_("The words were changed on the way"), _("Perhaps by something between their server and ours.")),
    "no_key": (_("Their key cannot be found"), _("Their server did not answer, or the account is gone.")),
    "foreign_actor": (_("In somebody else's name"), _("Somebody pretends to be another.")),
    "foreign_object": (_("About something of another server"), _("Somebody speaks of what is not theirs.")),
    "malformed": (_("Cannot be read"), _("Their software makes a mistake.")),
    "too_large": (_("Too large"), _("More than 256 KiB.")),
    "wrong_type": (_("Not of the fediverse"), _("Something else was sent to this address.")),
}


def words(reason: str) -> tuple[str, str]:
    """What it means, and what follows from it."""
    title, advice = WORDS.get(reason, (reason, ""))
    return str(title), str(advice)
