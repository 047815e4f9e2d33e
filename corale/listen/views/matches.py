"""What a query found: the stream, and what becomes of each match."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from corale.design.pages import asks_for_part, page
from corale.lib.numbers import whole_number
from corale.listen import sight, stream
from corale.listen.actions import marking
from corale.listen.actions.filtering import waiting
from corale.listen.actions.querying import mute, unmute
from corale.listen.matching.wanted import site
from corale.listen.models import Match, Mute
from corale.listen.policies import may_change
from corale.listen.views.queries import mine
from corale.people.request import PersonRequest

MUTED = 100


@require_safe
def query(request: PersonRequest, pk: int) -> HttpResponse:
    """Newest first; `?unseen`: what nobody has seen; `?after=` where to go on."""
    found, me = mine(request, pk), request.person
    is_unseen = "unseen" in request.GET
    lines, later = stream.lines(found, me, request.GET.get("after", ""), unseen=is_unseen)
    newest = found.matches.order_by("-pk").values_list("pk", flat=True).first() or 0
    context = {
        "query": found, "summary": stream.summary(found), "lines": lines, "later": later,
        "is_unseen": is_unseen, "newest": newest,
        "unseen": stream.unseen([found], me)[pk], "waiting": waiting(), "ears": sight.ears(found.channels),
        "mutes": found.mutes.filter(ended_at=None).select_related("identity", "by").order_by("-at")[:MUTED],
        "may_change": may_change(found, me), "is_first": "after" not in request.GET,
    }  # fmt: skip
    return page(request, "listen/query.html", context, part="stream")


@require_safe
def news(request: PersonRequest, pk: int) -> HttpResponse:
    """How many were found since the page was made (`upto`: the newest match then): they come when asked."""
    found, upto = mine(request, pk), whole_number(request.GET.get("upto", ""))
    more = found.matches.visible_to(request.person).standing().filter(pk__gt=upto)[: stream.MOST].count()
    return render(request, "listen/_news.html", {"query": found, "more": more})


@require_safe
def opened(request: PersonRequest, pk: int) -> HttpResponse:
    """To the place of the message in its conversation; it has been seen then."""
    match = _match(request, pk)
    marking.see(match, by=request.person)
    return redirect("search:message", match.message_id)


@require_POST
def seen(request: PersonRequest, pk: int) -> HttpResponse:
    """Seen by somebody, or (`unseen`) by nobody yet."""
    match = _match(request, pk)
    if "unseen" in request.POST:
        marking.unsee(match)
    else:
        marking.see(match, by=request.person)
    return _row(request, match)


@require_POST
def seen_all(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything that was there when the page was made."""
    n = marking.see_all(mine(request, pk), whole_number(request.POST.get("upto", "")), by=request.person)
    messages.success(request, ngettext("%(n)s message marked as read.", "%(n)s messages marked as read.", n) % {"n": n})
    return redirect("listening:query", pk)


@require_POST
def dismissal(request: PersonRequest, pk: int) -> HttpResponse:
    """Not relevant for this query."""
    match = _match(request, pk)
    marking.dismiss(match, by=request.person)
    if asks_for_part(request):
        return render(request, "listen/_dismissed.html", {"match": match})
    messages.success(request, _("Not relevant, then."))
    return redirect("listening:query", match.query_id)


@require_POST
def relevance(request: PersonRequest, pk: int) -> HttpResponse:
    """It is, after all."""
    match = _match(request, pk)
    marking.bring_back(match)
    match.dismissed_at = None
    return _row(request, match)


@require_POST
def muting(request: PersonRequest, pk: int) -> HttpResponse:
    """The author of this match, or (`site`) a site that it leads to, for its query."""
    match = _match(request, pk)
    asked = site(request.POST.get("site", ""))
    if asked:
        muted = mute(match.query, by=request.person, site=asked)
    elif match.message.identity:
        muted = mute(match.query, by=request.person, identity=match.message.identity)
    else:
        raise Http404
    messages.success(request, _("This query does not hear %(whom)s any more.") % {"whom": muted})
    return redirect(f"{reverse('listening:query', args=[match.query_id])}#muted")


@require_POST
def unmuting(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Heard again."""
    found = mine(request, pk)
    unmute(
        get_object_or_404(Mute.objects.select_related("query", "identity"), pk=number, query=found), by=request.person
    )
    return redirect("listening:query", pk)


def _match(request: PersonRequest, pk: int) -> Match:
    found = Match.objects.visible_to(request.person)
    return get_object_or_404(
        found.select_related("query", "message__identity__person", "message__connection", "seen_by"), pk=pk
    )


def _row(request: PersonRequest, match: Match) -> HttpResponse:
    """As it stands now, for htmx; the stream, for everybody else."""
    if not asks_for_part(request):
        return redirect("listening:query", match.query_id)
    match.refresh_from_db(fields=["seen_at", "seen_by"])
    return render(request, "listen/_match.html", {"line": stream.as_lines([match], match.query)[0]})
