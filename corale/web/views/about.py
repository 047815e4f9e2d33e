"""What this is, which version, under which licence, and where its source is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from corale import __version__
from corale.design.pages import page


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Open to everybody: the licence promises the source to all who use the product over a network."""
    return page(request, "web/about.html", {"version": __version__})
