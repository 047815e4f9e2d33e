"""What is done to everything that is selected."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corale.people.request import PersonRequest
from corale.respond.actions import together
from corale.respond.actions.takeback import offer_back
from corale.respond.errors import Refused
from corale.respond.views.answers import back, inbox
from corale.respond.views.verbs import colleague_of, label_of


@require_POST
def bulk(request: PersonRequest) -> HttpResponse:
    """One verb for the selection. Without one selected nothing happens, and the page says so."""
    ids = [int(said) for said in request.POST.getlist("ids") if said.isdigit() and len(said) < 19]
    if not ids:
        messages.info(request, _("Select something first."))
        return back(request, inbox())
    try:
        changed = together.change_all(ids, _change(request), by=request.person)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return back(request, inbox())
    text = ngettext("%(count)s changed.", "%(count)s changed.", len(changed)) % {"count": len(changed)}
    if changed:
        offer_back(request, text, changed)
    else:
        messages.info(request, _("Nothing changed: all of them were so already."))
    return back(request, inbox())


def _change(request: PersonRequest) -> together.Change:
    """Which verb the pressed button means."""
    said = request.POST
    if "assign" in said:
        return together.assigning(colleague_of(said["assign"]))
    if "snooze" in said:
        return together.snoozing_until(said["snooze"])
    if "priority" in said and said["priority"] in ("-1", "0", "1", "2"):
        return together.prioritising(int(said["priority"]))
    if said.get("label_id") or said.get("do") == "label":
        return together.putting_on(label_of(request))
    if said.get("do") in together.PLAIN:
        return together.PLAIN[said["do"]]
    raise Http404
