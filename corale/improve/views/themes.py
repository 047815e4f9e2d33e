"""Themes: the list, and one of them with its voices and decisions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from corale.conversations.withholding import withhold
from corale.design.pages import page
from corale.improve import policies, reading
from corale.improve.actions.theming import archive_theme, begin_theme, rename_theme
from corale.improve.forms import ThemeForm
from corale.improve.models import Proposal, Theme
from corale.people.request import PersonRequest
from corale.store import keyset

PROPOSED = 12


@require_http_methods(["GET", "POST"])
def themes(request: PersonRequest) -> HttpResponse:
    """What many people say, the newest voice first."""
    form = ThemeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = begin_theme(form.cleaned_data["name"], by=request.person, description=form.cleaned_data["description"])
        return redirect("improve:theme", made.pk)
    words, archived = request.GET.get("q", "").strip(), "archived" in request.GET
    found = reading.themes(request.person, words=words, archived=archived).prefetch_related("decisions__outcome")
    shown = keyset.cut(found, reading.NEWEST_VOICE, request.GET.get("after", ""))
    context = {"shown": shown, "form": form, "words": words, "archived": archived}
    if not (words or archived or "after" in request.GET):
        context["proposals"] = Proposal.objects.visible_to(request.person).waiting().loudest_first()[:PROPOSED]
    return page(request, "improve/themes.html", context, part="themes", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def theme(request: PersonRequest, pk: int) -> HttpResponse:
    """The voices in their own words, and what was decided on them."""
    found = get_object_or_404(Theme.objects.visible_to(request.person), pk=pk)
    form = ThemeForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "description": found.description},
    )
    if request.method == "POST" and form.is_valid():
        rename_theme(found, form.cleaned_data["name"], by=request.person, description=form.cleaned_data["description"])
        return redirect("improve:theme", pk)
    voices = reading.voices(found, request.GET.get("after", ""))
    withhold((voice.message for voice in voices.rows), request.person)
    context = {
        "theme": found,
        "form": form,
        "voices": voices,
        "decisions": reading.decisions(request.person).filter(theme=found).order_by("-recorded_at", "-pk"),
        "may_decide": policies.may_decide(request.person),
    }
    return page(request, "improve/theme.html", context, part="voices", status=422 if form.errors else 200)


@require_POST
def archive(request: PersonRequest, pk: int) -> HttpResponse:
    """Out of the list, or back."""
    found = get_object_or_404(Theme.objects.visible_to(request.person), pk=pk)
    archive_theme(found, by=request.person, archived=found.archived_at is None)
    return redirect("improve:themes" if found.archived_at else "improve:theme", *([] if found.archived_at else [pk]))
