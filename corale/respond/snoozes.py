"""Until when one puts something away: in the person's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corale.respond.errors import Refused

MORNING = time(9)
LATER = timedelta(hours=3)
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Choice:
    """A name, and the moment it means today."""

    key: str
    label: str | Promise
    until: datetime

    @property
    def shown(self) -> str:
        return formats.date_format(timezone.localtime(self.until), "D H:i")


def choices(now: datetime | None = None) -> list[Choice]:
    """Later today, tomorrow morning, Monday morning."""
    now = timezone.localtime(now)
    return [
        Choice("later", _("Later today"), now + LATER),
        Choice("tomorrow", _("Tomorrow"), _morning(now + timedelta(days=1))),
        Choice("week", _("Next week"), _morning(now + timedelta(days=7 - now.weekday()))),
    ]


def until(said: str, now: datetime | None = None) -> datetime:
    """The moment a choice means, or a date and time as a form sends it. Refused when it has passed or means nothing."""
    for choice in choices(now):
        if choice.key == said:
            return choice.until
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Refused(_("Choose until when.")) from None
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment if "T" in said else datetime.combine(moment, MORNING))
    now = now or timezone.now()
    if moment <= now:
        raise Refused(_("That moment has passed. Choose a later one."))
    if moment > now + FARTHEST:
        raise Refused(_("Choose a day within a year."))
    return moment


def _morning(day: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(day.date(), MORNING))
