"""Saved queries: the list, making and changing one, and how many it would find."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corale.design.pages import asks_for_part, page
from corale.lib.numbers import whole_number
from corale.listen import sight, stream
from corale.listen.actions.filtering import waiting
from corale.listen.actions.looking_back import glimpse
from corale.listen.actions.querying import archive, change, make
from corale.listen.forms import QueryForm
from corale.listen.models import Query
from corale.listen.policies import may_change, may_listen
from corale.people.request import PersonRequest
from corale.store import keyset

BY_NAME = ("name", "id")
SAMPLES = 3


@require_safe
def queries(request: PersonRequest) -> HttpResponse:
    """All of them with what nobody has seen yet; `?archived`: those that were put away."""
    archived = "archived" in request.GET
    mine = Query.objects.visible_to(request.person).filter(archived_at__isnull=not archived)
    shown = keyset.cut(mine.select_related("by", "look_back"), BY_NAME, request.GET.get("after", ""))
    counts = stream.unseen(shown.rows, request.person)
    context = {
        "rows": [(query, counts[query.pk]) for query in shown.rows], "later": shown.later, "archived": archived,
        "waiting": waiting(), "ears": sight.ears(),
    }  # fmt: skip
    return page(request, "listen/queries.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """What to listen for, with a count of what it would find."""
    form = QueryForm(request.POST if request.method == "POST" else None)
    if not may_listen(request.person):
        raise Http404
    if request.method == "POST" and form.is_valid():
        made = make(form.cleaned_data, by=request.person)
        messages.success(request, _("It listens from now on, and looks back meanwhile."))
        return redirect("listening:query", made.pk)
    return _form(request, form)


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Wanting something else."""
    query = mine(request, pk)
    if not may_change(query, request.person):
        raise Http404
    form = QueryForm(request.POST if request.method == "POST" else None, query)
    if request.method == "POST" and form.is_valid():
        change(query, form.cleaned_data, by=request.person)
        messages.success(request, _("Changed. What it had found is looked at again."))
        return redirect("listening:query", pk)
    return _form(request, form, query)


@require_POST
def count(request: PersonRequest) -> HttpResponse:
    """What it would find, before it is saved: of the newest messages that may fit and that one may see. `?query=`: the
    one that is being changed, for those without scripts."""
    if not may_listen(request.person):
        raise Http404
    data = request.POST.copy()
    data["name"] = data.get("name") or "-"
    form = QueryForm(data)
    context = _counted(request, form) if form.is_valid() else {"form": form}
    if asks_for_part(request):
        return render(request, "listen/_count.html", context)
    asked = whole_number(request.GET.get("query", ""))
    return _form(request, form, mine(request, asked) if asked else None, context)


def _counted(request: PersonRequest, form: QueryForm) -> dict[str, Any]:
    wanted = Query(**form.cleaned_data).wanted
    found = glimpse(wanted, request.person)
    words = wanted.shown[: stream.MARKED]
    samples = [(each, stream.passage(each.text, words)) for each in found.found[:SAMPLES]]
    return {"form": form, "found": found, "samples": samples, "number": len(found.found)}


@require_POST
def archiving(request: PersonRequest, pk: int) -> HttpResponse:
    """Put away, or used again."""
    query = mine(request, pk)
    if not may_change(query, request.person):
        raise Http404
    archive(query, by=request.person, archived=query.archived_at is None)
    return redirect("listening:query", pk)


def mine(request: PersonRequest, pk: int) -> Query:
    """What one may not see does not exist."""
    return get_object_or_404(Query.objects.visible_to(request.person).select_related("by", "look_back"), pk=pk)


def _form(
    request: PersonRequest, form: QueryForm, query: Query | None = None, counted: dict[str, Any] | None = None
) -> HttpResponse:
    context = {"form": form, "query": query, "ears": sight.ears(), **(counted or {})}
    return page(request, "listen/query_form.html", context, status=422 if form.errors else 200)
