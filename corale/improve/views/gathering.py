"""Putting a message into a theme, from wherever it stands."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corale.accounts.policies import local
from corale.conversations.models import Message
from corale.design.pages import asks_for_part, page
from corale.improve import reading
from corale.improve.actions.gathering import GATHERED, gather, take_out
from corale.improve.actions.theming import begin_theme
from corale.improve.forms import GatherForm
from corale.improve.models import Theme, Voice
from corale.people.request import PersonRequest

CHOICES = 30


@require_http_methods(["GET", "POST"])
def gather_message(request: PersonRequest, pk: int) -> HttpResponse:
    """The themes to choose from, with a search, and a new one. As a dialog for htmx, as a page for everybody else."""
    message = get_object_or_404(reading.readable(request.person).filter(direction__in=GATHERED), pk=pk)
    form = GatherForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["theme"] or begin_theme(
            form.cleaned_data["name"], by=request.person, demo=message.conversation.demo
        )
        gather([message], chosen, by=request.person)
        return _gathered(request, message, chosen)
    words = request.GET.get("q", "").strip()
    themes = list(reading.themes(request.person, words=words).order_by(*reading.NEWEST_VOICE)[:CHOICES])
    already = set(Voice.objects.filter(message=message, removed_at=None).values_list("theme_id", flat=True))
    context = {"message": message, "themes": themes, "already": already, "words": words, "form": form}
    if "choices" in request.GET and asks_for_part(request):
        return render(request, "improve/_theme_choices.html", context)
    return page(request, "improve/gather.html", context, part="gather", status=422 if form.errors else 200)


@require_POST
def removal(request: PersonRequest, pk: int) -> HttpResponse:
    """It does not belong there."""
    voice = get_object_or_404(_voices(request), pk=pk)
    take_out(voice, by=request.person)
    text = _("Taken out of “%(theme)s”.") % {"theme": voice.theme}
    return _done(request, text, undo=reverse("improve:voice_return", args=[pk]), theme=voice.theme)


@require_POST
def put_back(request: PersonRequest, pk: int) -> HttpResponse:
    """It does, after all."""
    voice = get_object_or_404(_voices(request), pk=pk)
    gather([voice.message], voice.theme, by=request.person)
    return _done(request, _("Gathered in “%(theme)s”.") % {"theme": voice.theme}, theme=voice.theme)


def _voices(request: PersonRequest) -> QuerySet[Voice]:
    return Voice.objects.filter(theme__in=Theme.objects.visible_to(request.person)).select_related("theme", "message")


def _gathered(request: HttpRequest, message: Message, theme: Theme) -> HttpResponse:
    voice = Voice.objects.get(theme=theme, message=message)
    text = _("Gathered in “%(theme)s”.") % {"theme": theme}
    return _done(request, text, undo=reverse("improve:voice_removal", args=[voice.pk]), message=message)


def _done(
    request: HttpRequest, text: str, *, undo: str = "", message: Message | None = None, theme: Theme | None = None
) -> HttpResponse:
    if asks_for_part(request):
        answer = render(request, "design/components/toast.html", {"text": text, "undo": undo})
        answer["HX-Trigger-After-Settle"] = "thread-changed"  # not before: the dialog stands in the thread
        return answer
    messages.success(request, text)
    back = (
        theme_url(theme)
        if theme
        else reverse("respond:conversation", args=[message.conversation_id] if message else [])
    )
    return redirect(local(request, request.POST.get("next", ""), back))


def theme_url(theme: Theme) -> str:
    """Its page."""
    return reverse("improve:theme", args=[theme.pk])
