"""What administrators did, newest first; kept for good, changed by nobody."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from corale.accounts.policies import administrator_required
from corale.design.pages import page
from corale.ledger.audit import AuditEntry

ROWS = 50


@administrator_required
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Filters: `verb`, `user` (an id), `from` and `to` (days); `before` is the id that ended the page before this."""
    entries = AuditEntry.objects.order_by("-id")
    asked = {name: request.GET.get(name, "").replace("\x00", "") for name in ("verb", "user", "from", "to")}
    if asked["verb"]:
        entries = entries.filter(verb__startswith=asked["verb"])
    if asked["user"].isdecimal():
        entries = entries.filter(user_id=int(asked["user"]))
    entries = _between(entries, asked["from"], asked["to"])
    if (before := request.GET.get("before", "")).isdecimal():
        entries = entries.filter(id__lt=int(before))
    rows = list(entries[: ROWS + 1])
    context = {"entries": rows[:ROWS], "asked": asked, "verbs": _verbs(), "older": _older(request.GET, rows)}
    return page(request, "accounts/audit.html", context, part="audit_rows")


def _between(entries: QuerySet[AuditEntry], first: str, last: str) -> QuerySet[AuditEntry]:
    if (day := parse_date_or_none(first)) is not None:
        entries = entries.filter(at__date__gte=day)
    if (day := parse_date_or_none(last)) is not None:
        entries = entries.filter(at__date__lte=day)
    return entries


def parse_date_or_none(text: str) -> date | None:
    """None for what is not a day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _verbs() -> list[str]:
    return sorted(AuditEntry.objects.order_by().values_list("verb", flat=True).distinct())


def _older(asked: QueryDict, rows: list[AuditEntry]) -> str:
    """The query of the next page; empty at the end."""
    if len(rows) <= ROWS:
        return ""
    query = asked.copy()
    query["before"] = str(rows[ROWS - 1].pk)
    return query.urlencode()
