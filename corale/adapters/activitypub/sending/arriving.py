"""What became of an activity, for whoever wrote it: what the servers of those it speaks to have answered."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from corale.adapters.activitypub.models import Activity, Dispatch
from corale.channels.errors import OnItsWay, Refused

State = Dispatch.State
SOON = 3.0  # seconds: something goes before it, or another process has it in its hands
LONGEST = 600.0
UNREACHED = _("Their server does not answer. It is tried again for a week.")
GIVEN_UP = _("Their server could not be reached for a week. Try another way, or send it again.")
ADVICE = {
    401: _("Their server does not believe that this comes from us. An administrator can look at the list of servers."),
    403: _("Their server takes nothing from ours. It may have blocked this server, or this profile."),
    404: _("This person's account is not there any more."),
    410: _("This person's account is not there any more."),
    413: _("Their server finds this too long. Shorten it, or send it in parts."),
}
OTHERWISE = _("Their server did not accept this.")


def outcome(activity: Activity) -> None:
    """Nothing where one of them has taken it, or nobody in particular is spoken to. Errors: OnItsWay, Refused."""
    spoken_to = list(activity.dispatches.filter(is_addressed=True).select_related("server").order_by("pk"))
    states = {each.state for each in spoken_to}
    if not spoken_to or State.SENT in states:
        return
    if states & {State.WAITING, State.SENDING}:
        raise OnItsWay(_said(spoken_to), advice=UNREACHED, retry_after=_next(activity, spoken_to))
    last = spoken_to[0]
    is_tired = last.answered is None or last.answered >= 500 or last.answered == 429
    advice = GIVEN_UP if is_tired else ADVICE.get(last.answered or 0, OTHERWISE)
    raise Refused(_said(spoken_to), advice=advice)


def _said(dispatches: Sequence[Dispatch]) -> str:
    return next((each.problem for each in dispatches if each.problem), "on its way")


def _next(activity: Activity, dispatches: Sequence[Dispatch]) -> float:
    """Seconds until it is worth looking again: a moment after the next attempt; where that is not known because
    something goes before it, later the longer it has waited."""
    now = timezone.now()
    times = [max(each.next_at, each.server.closed_until or now) for each in dispatches if each.state == State.WAITING]
    until = (min(times) - now).total_seconds() if times else 0.0
    return max(SOON + until, min((now - activity.created_at).total_seconds() / 4, LONGEST))


def try_again(activity: Activity) -> None:
    """Where all of those spoken to had refused it: somebody asks for another attempt."""
    spoken_to = activity.dispatches.filter(is_addressed=True)
    if spoken_to.exclude(state=State.FAILED).exists():
        return
    spoken_to.update(state=State.WAITING, attempts=0, next_at=timezone.now(), answered=None, problem="")
