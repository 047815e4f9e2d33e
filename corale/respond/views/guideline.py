"""The guideline: everybody reads it, coordinators write its next version."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from corale.accounts.policies import coordinator_required
from corale.design.pages import page
from corale.people.request import PersonRequest
from corale.respond.actions.advising import advise
from corale.respond.forms import GuidelineForm
from corale.respond.markdown import as_html
from corale.respond.models import Guideline
from corale.respond.policies import may_write_guideline

MANY = 100


@require_GET
def guideline(request: PersonRequest, version: int | None = None) -> HttpResponse:
    """The newest version, or an earlier one."""
    versions = list(Guideline.objects.select_related("by").order_by("-version")[:MANY])
    shown = next((each for each in versions if version in (None, each.version)), None)
    if version is not None and shown is None:
        raise Http404
    context = {
        "guideline": shown,
        "versions": versions,
        "html": as_html(shown.body) if shown else "",
        "may_write": may_write_guideline(request.person),
        "is_newest": not versions or shown == versions[0],
    }
    return page(request, "respond/guideline.html", context)


@coordinator_required
@require_http_methods(["GET", "POST"])
def write(request: PersonRequest) -> HttpResponse:
    """A new version, beginning with the words of the last one."""
    last = Guideline.objects.order_by("-version").first()
    initial = {"summary": last.summary, "body": last.body} if last else {}
    form = GuidelineForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        advise(form.cleaned_data["summary"], form.cleaned_data["body"], by=request.person)
        return HttpResponseRedirect(reverse("respond:guideline"), status=303)
    return page(
        request, "respond/guideline_write.html", {"form": form, "last": last}, status=400 if form.errors else 200
    )
