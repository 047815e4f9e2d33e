"""The book of facts to look at, to export, to check."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods

from corale import ledger
from corale.accounts.policies import coordinator_required
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.ledger.events import KINDS
from corale.ledger.export import export as export_lines
from corale.ledger.models import Fact, Seal
from corale.ledger.sealing import seal_later, verify

PAGE = 50


@require_GET
def facts(request: HttpRequest) -> HttpResponse:
    """The facts, newest first: ids, kinds and times. Who did it is not shown: nobody's acts can be counted here."""
    kind, before = request.GET.get("kind", ""), request.GET.get("before", "")
    found = Fact.objects.filter(kind=kind) if kind in KINDS else Fact.objects.all()
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    columns = ("id", "kind", "at", "conversation_id", "message_id", "auto", "demo")
    shown = list(found.order_by("-id").values(*columns)[: PAGE + 1])
    context = {
        "facts": shown[:PAGE], "earlier": shown[PAGE - 1]["id"] if len(shown) > PAGE else None, "kind": kind,
        "kinds": sorted(KINDS), "seal": Seal.objects.order_by("-last_id").first(),
    }  # fmt: skip
    return page(request, "indicator/facts.html", context, part="facts")


@require_GET
@coordinator_required
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything, as lines of JSON."""
    demo = request.GET.get("demo") is not None
    audit(request, "facts.exported", demo=demo)
    answer = StreamingHttpResponse(export_lines(demo=demo), content_type="application/x-ndjson")
    answer["Content-Disposition"] = 'attachment; filename="facts.jsonl"'
    return answer


@require_GET
def script(request: HttpRequest) -> HttpResponse:
    """The script that recomputes the indicator from an export."""
    answer = HttpResponse((Path(ledger.__file__).parent / "recompute.py").read_text(), content_type="text/x-python")
    answer["Content-Disposition"] = 'attachment; filename="recompute.py"'
    return answer


@require_http_methods(["GET", "POST"])
@coordinator_required
def check(request: HttpRequest) -> HttpResponse:
    """Whether every seal holds."""
    found = None
    if request.method == "POST":
        seal_later.func()
        found = verify()
        audit(request, "facts.verified", holds=found.broken is None)
    return page(request, "indicator/seals.html", {"found": found, "seals": Seal.objects.count()})
