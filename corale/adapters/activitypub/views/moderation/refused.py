"""What was not let in: counted by reason, and row by row."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max, Sum
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from corale.accounts.policies import administrator_required
from corale.adapters.activitypub.models import Refusal
from corale.adapters.activitypub.reasons import words
from corale.adapters.activitypub.views.moderation.places import A_PAGE, tabs, turned_on
from corale.design.pages import page
from corale.people.request import PersonRequest
from corale.store.keyset import cut

SPANS: dict[int, Promise] = {1: _("Today"), 7: _("7 days"), 30: _("30 days"), 90: _("90 days"), 365: _("A year")}
USUAL = 7
REASONS = 50


@require_safe
@administrator_required
def refused(request: PersonRequest) -> HttpResponse:
    """A number for each reason, over a chosen time."""
    turned_on()
    days = _days(request)
    since = Refusal.objects.filter(day__gte=_since(days)).order_by()
    found = since.values("reason").annotate(count=Sum("count"), last_at=Max("last_at")).order_by("-count", "reason")
    rows = [{**row, "words": words(row["reason"])} for row in found[:REASONS]]
    context = {"rows": rows, "days": days, "spans": SPANS.items(), "tabs": tabs(request), "here": "refused"}
    return page(request, "activitypub/moderation/refused.html", context)


@require_safe
@administrator_required
def reason(request: PersonRequest, reason: str) -> HttpResponse:
    """When, from which server, how often. Who it came from is what it said of itself: nobody has proved it."""
    turned_on()
    days = _days(request)
    found = Refusal.objects.filter(reason=reason, day__gte=_since(days))
    part = cut(found, ["-last_at", "-id"], request.GET.get("after", "")[:100], size=A_PAGE)
    context = {
        "rows": part.rows, "later": part.later, "days": days, "spans": SPANS.items(), "words": words(reason),
        "reason": reason,
    }  # fmt: skip
    return page(request, "activitypub/moderation/reason.html", context)


def _days(request: PersonRequest) -> int:
    said = request.GET.get("days", "")
    return int(said) if said.isdecimal() and len(said) < 5 and int(said) in SPANS else USUAL


def _since(days: int) -> date:
    return timezone.now().date() - timedelta(days=days - 1)
