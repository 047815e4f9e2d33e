"""Your own profile."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corale.design.pages import page
from corale.design.preferences import Preferences, keep
from corale.people.forms import ProfileForm
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.people.sections import sections_for


@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Name, what to ask you about, language, clock, and how the pages look on this screen."""
    liked = Preferences.of(request)
    initial = {
        "theme": liked.theme,
        "keys": liked.keys == "on",
        "language": request.person.language or translation.get_language(),
        "time_zone": request.person.time_zone or "Europe/Rome",
    }
    me = Person.objects.get(pk=request.person.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=me, initial=initial)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "me": me, "sections": sections_for(me.pk, "profile")}
        return page(request, "people/profile.html", context, status=422 if form.errors else 200)
    form.save()
    translation.activate(form.cleaned_data["language"])
    messages.success(request, _("Saved."))
    response = redirect("people:profile")
    keep(response, "theme", form.cleaned_data["theme"])
    keep(response, "keys", "on" if form.cleaned_data["keys"] else "off")
    return response
