"""Importing a file from the browser: choose, look at what would come, run, read the report, undo."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corale.accounts.policies import coordinator_required
from corale.channels.errors import Malformed
from corale.conversations.importing import running, undoing
from corale.conversations.importing.preview import preview
from corale.conversations.models import ImportRun
from corale.design.pages import page
from corale.ledger.audit import audit
from corale.people.request import PersonRequest

State = ImportRun.State


class ImportForm(forms.Form):
    """Which file, and what its place is called."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("JSON lines or CSV, with a column “text”.")
    )
    source = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        max_length=200,
        help_text=gettext_lazy(
            "For example “Old help desk”. What was imported from there before is recognised and not taken in again."
        ),
    )


@require_http_methods(["GET", "POST"])
@coordinator_required
def imports(request: PersonRequest) -> HttpResponse:
    """Earlier imports, and a new one."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        path = _keep(form.cleaned_data["file"])
        try:
            made = running.prepare(
                path, source=form.cleaned_data["source"], by=request.person, name=form.cleaned_data["file"].name
            )
        except Malformed as error:
            path.unlink()
            form.add_error("file", _("This file cannot be imported: %(why)s.") % {"why": error})
        else:
            return HttpResponseRedirect(reverse("conversations:import", args=[made.pk]))
    before = request.GET.get("before", "")
    runs = ImportRun.objects.select_related("by", "connection").order_by("-id")
    shown = list((runs.filter(pk__lt=int(before)) if before.isdecimal() else runs)[:51])
    context = {"form": form, "runs": shown[:50], "earlier": shown[49].pk if len(shown) > 50 else None}
    return page(request, "conversations/imports.html", context, status=422 if form.errors else 200)


def _keep(file: UploadedFile[Any]) -> Path:
    """In our own folder, under a name of our own."""
    folder = running.uploads()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / uuid4().hex
    with path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return path


@require_GET
@coordinator_required
def show(request: PersonRequest, pk: int) -> HttpResponse:
    """Before it runs, what would come; while it runs, how far it is; afterwards, the report."""
    made = get_object_or_404(ImportRun.objects.select_related("connection", "by"), pk=pk)
    context: dict[str, Any] = {"run": made, "rejected": made.rejected_lines.order_by("number")[:50]}
    if made.state == State.READY and not made.read_bytes:
        try:
            context["seen"] = preview(Path(made.path))
        except (Malformed, OSError) as error:
            context["problem"] = str(error)
    return page(request, "conversations/import.html", context, part="import")


@require_POST
@coordinator_required
def run(request: PersonRequest, pk: int) -> HttpResponse:
    """Starts it, stops it, goes on."""
    made = get_object_or_404(ImportRun, pk=pk)
    if made.state == State.READY:
        running.run_later.enqueue(made.pk)
        ImportRun.objects.filter(pk=pk, state=State.READY).update(state=State.RUNNING)
        audit(request, "import.started", target=f"import:{pk}", name=made.name)
    elif made.state == State.RUNNING:
        running.stop(made)
    else:
        running.go_on(made)
    return HttpResponseRedirect(reverse("conversations:import", args=[pk]))


@require_POST
@coordinator_required
def undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Takes everything back that it brought."""
    made = get_object_or_404(ImportRun, pk=pk)
    if made.state in (State.DONE, State.STOPPED, State.FAILED):
        ImportRun.objects.filter(pk=pk).update(state=State.UNDOING)
        undoing.undo_later.enqueue(made.pk)
        audit(request, "import.undone", target=f"import:{pk}", name=made.name)
    return HttpResponseRedirect(reverse("conversations:import", args=[pk]))


@require_GET
@coordinator_required
def rejected(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Every rejected line with its reason, as CSV."""
    made = get_object_or_404(ImportRun, pk=pk)

    class Echo:
        def write(self, value: str) -> str:
            return value

    def rows() -> Iterator[str]:
        writer = csv.writer(Echo())
        yield writer.writerow(["line", "reason", "beginning"])
        for line in made.rejected_lines.order_by("number").iterator(chunk_size=1000):
            yield writer.writerow([line.number, line.reason, line.beginning])

    answer = StreamingHttpResponse(rows(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejected-{pk}.csv"'
    return answer
