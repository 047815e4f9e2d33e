"""How the desk answers a verb: back to where one was, and with a way to take it back."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from corale.accounts.policies import local
from corale.conversations.models import Conversation
from corale.people.request import PersonRequest
from corale.respond.where import Where


def back(request: PersonRequest, otherwise: str) -> HttpResponse:
    """To `next`, when it is a page of ours."""
    return to(request, local(request, request.POST.get("next", ""), otherwise))


def to(request: PersonRequest, url: str) -> HttpResponse:
    """A redirect that a script follows too."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def here(request: PersonRequest, conversation: Conversation) -> str:
    """The page of the conversation with its list, as the form's address says it."""
    return Where.of(request.GET.dict()).conversation(conversation.pk)


def is_undoing(request: PersonRequest) -> bool:
    """DELETE, also from a form, which can only POST."""
    return request.method == "DELETE" or request.POST.get("_method") == "DELETE"


def said(request: PersonRequest, name: str) -> str:
    """From the form; for a DELETE, which carries none, from the address."""
    return request.POST.get(name) or (request.GET.get(name, "") if request.method == "DELETE" else "")


def inbox() -> str:
    return reverse("respond:inbox")
