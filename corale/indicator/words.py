"""What measures are called, and the sentence in which each says what it found."""

from __future__ import annotations

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DIMENSIONS = {
    "L": (gettext_lazy("Listening"), gettext_lazy("Is what people say looked at?")),
    "R": (gettext_lazy("Response"), gettext_lazy("Do they get an answer, in time, or at all?")),
    "P": (gettext_lazy("Participation"), gettext_lazy("Do people take part, outside and inside?")),
    "I": (gettext_lazy("Improvement"), gettext_lazy("Is what many ask for decided, and are they told?")),
}
NAMES = {
    "L1": gettext_lazy("Completeness: do we hear what is said?"),
    "L2": gettext_lazy("Attention"),
    "L3": gettext_lazy("Asking people for their opinion"),
    "L4": gettext_lazy("Understanding what is said"),
    "R1": gettext_lazy("Answered in time"),
    "R2": gettext_lazy("Answered at all"),
    "R3": gettext_lazy("Answers of substance"),
    "R4": gettext_lazy("The same for everybody"),
    "P1": gettext_lazy("How many take part"),
    "P2": gettext_lazy("How deep they take part"),
    "P3": gettext_lazy("Not the usual few"),
    "P4": gettext_lazy("Colleagues who take part"),
    "I1": gettext_lazy("Decided"),
    "I2": gettext_lazy("Decisions that rest on people's words"),
    "I3": gettext_lazy("Told back"),
    "I4": gettext_lazy("Promises kept"),
}
DEFINITIONS = {
    "L2": gettext_lazy(
        "Of what was said to us, the share that a human read for five seconds and acted on (answered, labelled, passed "
        "on, noted, or closed) within two working days. An act on more than twenty at once does not count. Left out: "
        "spam, what was withdrawn, what colleagues said, and everything younger than two working days."
    ),
    "R1": gettext_lazy(
        "The probability that what needs an answer gets one, by a human, within the time promised for its channel, by "
        "the wall clock. What has no answer yet counts as still waiting (Kaplan–Meier). Left out: spam, what was "
        "withdrawn, what a colleague judged to need no answer, and what colleagues said themselves."
    ),
    "R2": gettext_lazy(
        "The probability that what needs an answer has one after seven days, by a human, by the wall clock. What has "
        "no answer yet counts as still waiting (Kaplan–Meier). Left out: spam, what was withdrawn, what a colleague "
        "judged to need no answer, and what colleagues said themselves."
    ),
    "P1": gettext_lazy(
        "Of the people who spoke to us, the share whose words were gathered into a theme or on whose words a decision "
        "rests, divided by the published target of one in ten; at most 100."
    ),
    "P4": gettext_lazy(
        "The effective number of colleagues who answered, noted or gathered (ten who do equal shares are ten, one who "
        "does everything is one), divided by all who could. With fewer than five colleagues nothing is said."
    ),
    "I1": gettext_lazy(
        "The probability that a theme which five people have raised is decided on, with a reason, within sixty days of "
        "the fifth. What is not decided yet counts as still waiting (Kaplan–Meier). Left out: themes with fewer people."
    ),
    "I3": gettext_lazy(
        "Of all who asked for what was decided and has come to an outcome, the share who were told it where they "
        "asked, delivered, within fourteen days. Left out: everybody of an outcome while its fourteen days are not "
        "over and somebody is not told yet."
    ),
}
REASONS = {
    "answered": gettext_lazy("answered in time"), "late": gettext_lazy("too late"),
    "unanswered": gettext_lazy("not answered"), "waiting": gettext_lazy("still waiting"),
    "spam": gettext_lazy("marked as spam"), "withdrawn": gettext_lazy("the import that brought it was undone"),
    "judged": gettext_lazy("judged to need no answer"), "young": gettext_lazy("younger than two working days"),
    "spoke": gettext_lazy("spoke to us"), "gathered": gettext_lazy("their words are in a theme"),
    "cited": gettext_lazy("a decision rests on their words"), "decided": gettext_lazy("decided"),
    "undecided": gettext_lazy("not decided yet"), "few voices": gettext_lazy("fewer than five people"),
    "told": gettext_lazy("told where they asked"),
    "still in time": gettext_lazy("the fourteen days are not over"),
    "colleague": gettext_lazy("said by a colleague"),
    "not told": gettext_lazy("not told"), "failed": gettext_lazy("it could not be delivered"),
    "unreachable": gettext_lazy("could not be reached"), "skipped": gettext_lazy("a colleague decided not to tell"),
    "message.answered": gettext_lazy("answered"), "note.written": gettext_lazy("wrote a note"),
    "feedback.gathered": gettext_lazy("gathered somebody's words"),
}  # fmt: skip


def finding(measure: dict[str, Any]) -> str:
    """What was found, as a sentence a director can read; or why nothing is said."""
    key = measure["key"]
    if measure["withheld"] == "team":
        return _("Fewer than five colleagues: a number would be one person's, so there is none.")
    if not measure["n"]:
        return _("Nothing to count in this time.")
    hits, n = number_format(round(measure["hits"])), number_format(measure["n"])
    given = {"hits": hits, "n": n}
    if key == "L2":
        return _("%(hits)s of %(n)s were read and acted on within two working days.") % given
    if key == "R1":
        return _("%(hits)s of %(n)s have an answer within the time promised.") % given
    if key == "R2":
        return _("%(hits)s of %(n)s have an answer within a week.") % given
    if key == "P1":
        return _("%(hits)s of the %(n)s people who spoke to us took part.") % given
    if key == "P4":
        given["hits"] = number_format(measure["hits"], decimal_pos=1)
        return _("The work of answering is spread over as if %(hits)s of %(n)s colleagues did equal shares.") % given
    if key == "I1":
        return _("%(hits)s of %(n)s themes that five people raised were decided within sixty days.") % given
    return _("%(hits)s of %(n)s who asked were told what came of it, within fourteen days.") % given
