"""The page of the demo: what it is, and one button to be rid of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from corale.accounts.policies import administrator_required
from corale.conversations.models import Conversation
from corale.demo import molino
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.request import PersonRequest


@administrator_required
@require_GET
def demo(request: PersonRequest) -> HttpResponse:
    """Whether it is here, and in which language."""
    context = {
        "loaded": molino.is_loaded(),
        "language": molino.loaded_language(),
        "conversations": Conversation.objects.filter(demo=True).count(),
        "choices": [("it", _("Italian")), ("en", _("English"))],
        "current": (get_language() or "en")[:2],
    }
    return page(request, "demo/demo.html", context)


@administrator_required
@require_POST
def loading(request: PersonRequest) -> HttpResponse:
    """Bring it, or bring it again in the other language."""
    language = request.POST.get("language", "")
    if language not in molino.LANGUAGES:
        language = "en"
    if molino.is_loaded():
        molino.empty()
    molino.load(language)
    audit(request, "demo.loaded", language=language)
    messages.success(request, _("Molino is here."))
    return redirect("respond:inbox")


@administrator_required
@require_POST
def emptying(request: PersonRequest) -> HttpResponse:
    """Send it away."""
    molino.empty()
    audit(request, "demo.emptied")
    messages.success(request, _("Molino is gone. What is real has stayed."))
    return redirect("web:home")
