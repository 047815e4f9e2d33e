"""What one types to find conversations: `state:open from:anna created:>7d -label:spam "exact words"`.

Between terms AND, between values separated by commas OR, a minus in front is "not". Everything stands in the address of
the page, so that it can be sent to a colleague. Written and read again it is the same: `parse(str(query)) == query`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from corale.respond.errors import QueryProblem

STATES = ("open", "waiting", "snoozed", "closed", "quarantine", "spam", "trash")
FIELDS: dict[str, tuple[str, ...]] = {
    "state": STATES,
    "priority": ("low", "normal", "high", "urgent"),
    "is": ("unread", "direct", "public", "assigned", "unassigned", "answered", "unanswered"),
    "from": (),
    "channel": (),
    "assignee": (),
    "label": (),
    "language": (),
    "created": (),
    "active": (),
}
TIMES = ("created", "active")
LONGEST = 1000  # characters of a query
MOST = 30  # terms
_AGE = re.compile(r"(\d{1,4})([hdwm])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1), "m": timedelta(days=30)}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `field` is empty for words. `operator` is "<" or ">" for ages and dates, else empty."""

    field: str
    values: tuple[str, ...]
    negated: bool = False
    operator: str = ""

    def __str__(self) -> str:
        values = ",".join(_quoted(value, always=not self.field) for value in self.values)
        return f"{'-' if self.negated else ''}{self.field + ':' if self.field else ''}{self.operator}{values}"


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all hold."""

    terms: tuple[Term, ...] = field(default=())

    def __str__(self) -> str:
        return " ".join(str(term) for term in self.terms)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def without(self, term: Term) -> Query:
        """The same query with one chip taken away."""
        return replace(self, terms=tuple(other for other in self.terms if other != term))

    def asks(self, name: str) -> bool:
        """Whether it says something about a field."""
        return any(term.field == name for term in self.terms)

    @property
    def words(self) -> list[Term]:
        """What is to be found in the text."""
        return [term for term in self.terms if not term.field]


def parse(text: str) -> Query:
    """The query in a text. QueryProblem, and nothing else, when it cannot be read."""
    if len(text) > LONGEST:
        raise QueryProblem(_("This filter is too long. Use fewer words."))
    terms = tuple(dict.fromkeys(_term(token) for token in _tokens(text)))
    if len(terms) > MOST:
        raise QueryProblem(_("These are too many conditions. Use thirty at most."))
    return Query(terms)


def moment(value: str, now: datetime | None = None) -> datetime:
    """`7d` is seven days ago, `2026-03-01` that day's beginning in the reader's own zone."""
    now = now or timezone.now()
    if age := _AGE.fullmatch(value):
        return now - int(age[1]) * _UNITS[age[2]]
    day = date.fromisoformat(value)
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone()).astimezone(UTC)


def _tokens(text: str) -> Iterator[str]:
    """What stands between spaces, where spaces inside quotation marks do not count."""
    if text.count('"') % 2:
        raise QueryProblem(_("A quotation mark is open. Close it with another one."))
    return _apart(text.replace("\x00", ""), str.isspace)


def _apart(text: str, separates: Callable[[str], bool]) -> Iterator[str]:
    start, quoted = 0, False
    for index, letter in enumerate(text):
        quoted ^= letter == '"'
        if not quoted and separates(letter):
            if start < index:
                yield text[start:index]
            start = index + 1
    if start < len(text):
        yield text[start:]


def _term(token: str) -> Term:
    negated, rest = token.startswith("-") and len(token) > 1, token
    rest = rest[1:] if negated else rest
    name, colon, tail = rest.partition(":")
    if not colon or not name.isascii() or not name.isalpha():
        return Term("", _values(rest, token), negated)
    name = name.lower()
    if name not in FIELDS:
        known = ", ".join(f"{field}:" for field in FIELDS)
        raise QueryProblem(format_lazy(_("There is no “{name}:”. There are {known}"), name=name, known=known), token)
    operator = tail[:1] if tail[:1] in "<>" and name in TIMES else ""
    values = _values(tail[len(operator) :], token)
    return Term(name, tuple(_checked(name, value, token) for value in values), negated, operator)


def _values(text: str, token: str) -> tuple[str, ...]:
    found = [" ".join(part.replace('"', "").split()) for part in _apart(text, ",".__eq__)]
    values = tuple(dict.fromkeys(value for value in found if value))
    if not values:
        raise QueryProblem(format_lazy(_("“{term}” says nothing. Write what it should be."), term=token), token)
    return values


def _checked(name: str, value: str, token: str) -> str:
    if name in TIMES:
        return _checked_time(value, token)
    allowed = FIELDS[name]
    if not allowed:
        return value
    if value.lower() not in allowed:
        raise QueryProblem(
            format_lazy(
                _("“{name}:” can be {allowed}; “{value}” is none of these."),
                name=name,
                allowed=", ".join(allowed),
                value=value,
            ),
            token,
        )
    return value.lower()


def _checked_time(value: str, token: str) -> str:
    try:
        moment(value)
    except (ValueError, OverflowError):
        raise QueryProblem(
            format_lazy(_("“{value}” is no time. Write 7d, 12h, 3w or a day like 2026-03-01."), value=value), token
        ) from None
    return value


def _quoted(value: str, *, always: bool) -> str:
    plain = re.fullmatch(r'[^\s",:<>-][^\s",:<>]*', value)
    return value if plain and not always else f'"{value}"'
