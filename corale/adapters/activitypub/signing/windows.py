"""When something was signed: queues of other servers may be late, their clocks a little early."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from corale.adapters.activitypub.signing.errors import NotBelieved

LATE, EARLY = timedelta(hours=1), timedelta(minutes=5)
"""Others take anything between one minute and half a day; those who retry sign anew."""


def of_date(value: str) -> datetime:
    """A Date header (RFC 9110, section 5.6.7)."""
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise NotBelieved("unreadable_signature") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def of_number(value: object) -> datetime:
    """Seconds since 1970."""
    try:
        return datetime.fromtimestamp(int(str(value)), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NotBelieved("unreadable_signature") from error


def check_made(at: datetime, now: datetime) -> None:
    """Signed within the hour."""
    if at < now - LATE:
        raise NotBelieved("too_old")
    if at > now + EARLY:
        raise NotBelieved("from_the_future")


def check_expiry(at: datetime, now: datetime) -> None:
    """Not over yet."""
    if at < now - EARLY:
        raise NotBelieved("expired")
