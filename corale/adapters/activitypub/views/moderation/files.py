"""Rules for servers out of a file, looked at before anything happens, and taken back together; and into one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corale.accounts.policies import admin_mode_required, administrator_required
from corale.adapters.activitypub import rule_files, ruling
from corale.adapters.activitypub.models import Follower, RuleImport, Server
from corale.adapters.activitypub.moderation_forms import ImportForm
from corale.adapters.activitypub.rules import Rule
from corale.adapters.activitypub.views.moderation.places import A_PAGE, turned_on
from corale.adapters.activitypub.views.moderation.servers import RULED
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.lib.numbers import whole_number
from corale.people.request import PersonRequest

EARLIER = 10
SHOWN = 100  # problems
PROBLEMS: dict[str, Promise] = {
    "no_host": _("No name of a server. Write it as in example.org."),
    "hidden": _("The name is hidden behind asterisks. Ask whoever gave you the list for whole names."),
    "ours": _("That is where we live ourselves. Take the line out."),
    "severity": _("Neither suspend, nor silence, nor noop. Write one of these in the second column."),
    "flag": _("Neither true nor false. Write one of these in the columns reject_media, reject_reports, obfuscate."),
    "too_many": _("At most 20,000 lines at once. Split the file in two."),
    "not_csv": _("This line is not CSV. Look for a quotation mark that is opened and never closed."),
    "encoding": _("The file is not UTF-8. Save it as UTF-8 and send it again."),
}


@require_safe
@administrator_required
def exported(request: PersonRequest) -> StreamingHttpResponse:
    """Every rule that others can use, in the columns of Mastodon."""
    turned_on()
    ruled = Server.objects.filter(RULED).order_by("host").iterator(1000)
    answer = StreamingHttpResponse(rule_files.write(ruled), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="domain_blocks.csv"'
    return answer


@require_http_methods(["GET", "POST"])
@admin_mode_required
def import_rules(request: PersonRequest) -> HttpResponse:
    """Takes a file, and shows what it would do."""
    turned_on()
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("activitypub:rule_import", _kept(form.cleaned_data["file"], request).pk)
    earlier = RuleImport.objects.exclude(applied_at=None).annotate(number=Count("changes")).order_by("-id")[:EARLIER]
    context = {"form": form, "earlier": earlier}
    return page(request, "activitypub/moderation/import.html", context, status=422 if form.errors else 200)


def _kept(file: Any, request: PersonRequest) -> RuleImport:
    try:
        found = rule_files.read(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        found = rule_files.Found(problems=[[1, "encoding", ""]])
    return RuleImport.objects.create(
        name=(file.name or "")[:200], lines=found.lines, problems=found.problems, by_id=request.person.pk
    )


@require_http_methods(["GET", "POST"])
@admin_mode_required
def rule_import(request: PersonRequest, pk: int) -> HttpResponse:
    """Before: what each line would do. POST does it. Afterwards: what was done, and the way back."""
    turned_on()
    run = get_object_or_404(RuleImport, pk=pk)
    if request.method == "POST":
        return _applied(request, run)
    begin = whole_number(request.GET.get("after", ""))
    lines = run.lines[begin : begin + A_PAGE]
    context = {
        "run": run, "rows": list(_rows(lines)), "later": begin + A_PAGE if len(run.lines) > begin + A_PAGE else 0,
        "problems": [(number, PROBLEMS.get(why, why), line) for number, why, line in run.problems[:SHOWN]],
        "more_problems": max(0, len(run.problems) - SHOWN), "counts": ruling.outlook(run), "begin": begin,
    }  # fmt: skip
    return page(request, "activitypub/moderation/preview.html", context)


def _rows(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    hosts = [line["host"] for line in lines]
    known = {server.host: server for server in Server.objects.filter(host__in=hosts)}
    followers = Follower.objects.standing().filter(remote__server__host__in=hosts).order_by()
    lost = dict(followers.values_list("remote__server__host").annotate(number=Count("id")))
    for line in lines:
        now = Rule.of(known[line["host"]]) if line["host"] in known else Rule()
        then = ruling.wanted(now, line)
        yield {
            "host": line["host"], "now": now, "then": then, "changes": now != then,
            "lost": lost.get(line["host"], 0) if then.stance == "blocked" != now.stance else 0,
        }  # fmt: skip


def _applied(request: PersonRequest, run: RuleImport) -> HttpResponse:
    number = ruling.apply(run, by_id=request.person.pk)
    if number is None:
        messages.info(request, _("This file was brought in already."))
    else:
        audit(request, "fediverse.rules_imported", target=f"import:{run.pk}", file=run.name, changed=number)
        words = ngettext("%(count)s server has a new rule.", "%(count)s servers have a new rule.", number)
        messages.success(request, words % {"count": number})
    return redirect("activitypub:rule_import", run.pk)


@require_POST
@admin_mode_required
def rule_import_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Every server as it was before, but where somebody has decided otherwise since."""
    turned_on()
    run = get_object_or_404(RuleImport.objects.exclude(applied_at=None), pk=pk)
    if run.undone_at is None:
        back, stays = ruling.take_back_all(run, by_id=request.person.pk)
        audit(request, "fediverse.rules_import_undone", target=f"import:{pk}", file=run.name, undone=back, kept=stays)
        words = ngettext("%(count)s server is as it was.", "%(count)s servers are as they were.", back)
        messages.success(request, words % {"count": back})
        if stays:
            words = ngettext(
                "%(count)s was decided otherwise since, and stays.",
                "%(count)s were decided otherwise since, and stay.",
                stays,
            )
            messages.info(request, words % {"count": stays})
    return redirect("activitypub:rule_import", pk)
