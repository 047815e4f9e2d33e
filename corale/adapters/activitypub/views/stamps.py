"""Leave to quote one of our posts, for servers that look before they show a quotation (FEP-044f)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from corale.adapters.activitypub.models import Stamp
from corale.adapters.activitypub.views.accepting import ACTIVITY, HTML, wanted
from corale.adapters.activitypub.views.answers import as_json, for_machines
from corale.adapters.activitypub.views.readers import VARY
from corale.adapters.activitypub.wire.context import with_context
from corale.adapters.activitypub.wire.writing import quote_authorization


@for_machines
def stamp(request: HttpRequest, name: str, number: str) -> HttpResponse:
    """As long as it stands, and the post with it."""
    standing = Stamp.objects.filter(number=number, taken_back_at=None, post__deleted_at=None)
    found = standing.filter(post__actor__name=name.lower()).select_related("post__actor").first()
    if found is None:
        raise Http404
    thing = quote_authorization(found.uri, found.post.actor.uri, quoting=found.quoting, quoted=found.post.uri)
    kind = wanted(request, otherwise=ACTIVITY)
    return as_json(request, with_context(thing), kind=ACTIVITY if kind == HTML else kind, vary=VARY)
