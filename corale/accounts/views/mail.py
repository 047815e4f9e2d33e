"""How mail leaves the house, and what lies in the outbox while it does not."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corale.accounts import mail, outbox
from corale.accounts.policies import admin_mode_required
from corale.design.pages import page
from corale.ledger.audit import audit


@never_cache
@require_safe
@admin_mode_required
def letters(request: HttpRequest) -> HttpResponse:
    context = {
        "goes_out": mail.goes_out(),
        "server": settings.EMAIL_HOST if mail.goes_out() else "",
        "sender": settings.DEFAULT_FROM_EMAIL,
        "folder": outbox.folder(),
        "letters": outbox.letters(),
    }
    return page(request, "accounts/mail.html", context)


@never_cache
@require_safe
@admin_mode_required
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Letters hold links that let somebody in: reading one is recorded."""
    found = outbox.letter(name)
    if found is None:
        raise Http404
    audit(request, "letter.read", f"letter:{found.name}", to=found.to)
    return page(request, "accounts/letter.html", {"letter": found})
