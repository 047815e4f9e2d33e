"""Background work: what waits, runs and failed, and why. For coordinators and administrators."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corale.accounts.policies import coordinator_required
from corale.design.pages import page
from corale.jobs import actions
from corale.jobs.models import Job, Lease, Worker

PAGE = 50
ENOUGH = 1000
"""Counting stops here: the page says "more than", and stays quick with a million jobs."""

ALIVE = timedelta(minutes=2)


@require_safe
@coordinator_required
def jobs(request: HttpRequest) -> HttpResponse:
    """Failed ones first, for they are what somebody must look at; `?state=` for the others, `?before=` to go on."""
    state = request.GET.get("state", "")
    state = state if state in Job.State.values else Job.State.FAILED
    shown = Job.objects.filter(state=state).order_by("-pk")
    if (before := request.GET.get("before", "")).isdigit():
        shown = shown.filter(pk__lt=int(before))
    rows = list(shown.defer("arguments", "result")[: PAGE + 1])
    further = urlencode({"state": state, "before": rows[PAGE - 1].pk}) if len(rows) > PAGE else ""
    here = {"state": state, "jobs": rows[:PAGE], "further": further, "tabs": tabs(), **workers()}
    return page(request, "web/jobs.html", here, part="jobs")


def tabs() -> list[dict[str, Any]]:
    """Every state with the number of its jobs, as far as it is worth counting."""
    counts = {state: Job.objects.filter(state=state)[: ENOUGH + 1].count() for state in Job.State.values}
    order = (Job.State.FAILED, Job.State.RUNNING, Job.State.WAITING, Job.State.DONE)
    return [{"state": s, "label": s.label, "count": min(counts[s], ENOUGH), "more": counts[s] > ENOUGH} for s in order]


def workers() -> dict[str, Any]:
    """Who works, and which loops listen."""
    seen = timezone.now() - ALIVE
    return {
        "workers": Worker.objects.filter(seen_at__gte=seen).order_by("started_at")[:PAGE],
        "loops": Lease.objects.order_by("name")[:PAGE],
    }


def failures(person: Any) -> int | None:
    """For the menu; nothing when nothing failed."""
    return Job.objects.failed()[:100].count() or None


@require_POST
@coordinator_required
def retry_one(request: HttpRequest, pk: int) -> HttpResponse:
    actions.retry(get_object_or_404(Job, pk=pk))
    return back(request, _("It waits to run again."))


@require_POST
@coordinator_required
def retry_every(request: HttpRequest) -> HttpResponse:
    count = actions.retry_all()
    return back(request, _("%(count)s jobs wait to run again.") % {"count": count})


@require_POST
@coordinator_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actions.drop(get_object_or_404(Job, pk=pk))
    return back(request, _("It is gone and will not run."))


def back(request: HttpRequest, words: str) -> HttpResponse:
    """To the list, which says what happened."""
    from django.contrib import messages

    messages.success(request, words)
    return redirect(reverse("jobs:jobs"))
