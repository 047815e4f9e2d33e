"""The page of the indicator: four dimensions at the same size, each measure with its sample, its interval, its rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from corale.design.pages import page
from corale.indicator import promises, taking
from corale.indicator.measures import DIMENSIONS
from corale.indicator.models import Snapshot
from corale.indicator.plots import bar, plot
from corale.indicator.words import DEFINITIONS, NAMES, finding
from corale.indicator.words import DIMENSIONS as TITLES
from corale.ledger.models import Fact
from corale.people.request import PersonRequest

JUST_NOW = timedelta(seconds=20)


def scope_of(request: PersonRequest) -> tuple[bool, bool]:
    """Whether to show the demo's numbers, and whether there are both."""
    has_demo = Fact.objects.filter(demo=True).exists()
    has_real = Fact.objects.filter(demo=False, kind="message.received").exists()
    wanted = request.GET.get("scope")
    demo = has_demo and (wanted == "demo" or (wanted != "real" and not has_real))
    return demo, has_demo and has_real


def days_of(request: PersonRequest) -> int:
    """The window asked for."""
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and int(asked) in taking.WINDOWS else taking.USUAL


@require_GET
def indicator(request: PersonRequest) -> HttpResponse:
    """The newest snapshot of a window; when there is none, it is being made."""
    demo, both = scope_of(request)
    days = days_of(request)
    snapshot = Snapshot.objects.newest(demo=demo, days=days)
    if snapshot is None and Fact.objects.filter(demo=demo).exists():
        taking.take_later.enqueue(demo, days)
    context: dict[str, Any] = {
        "snapshot": snapshot, "days": days, "windows": taking.WINDOWS, "demo": demo, "both": both,
        "scope": "demo" if demo else "real", "is_coming": "fresh" in request.GET and _is_older(snapshot),
    }  # fmt: skip
    if snapshot is not None:
        context |= _shown(snapshot)
    return page(request, "indicator/indicator.html", context, part="figures")


def _is_older(snapshot: Snapshot | None) -> bool:
    """What somebody has just asked for is not there yet."""
    return snapshot is None or timezone.now() - snapshot.as_of > JUST_NOW


def _shown(snapshot: Snapshot) -> dict[str, Any]:
    measures = snapshot.figures["measures"]
    dimensions = []
    for key, (parts, missing) in DIMENSIONS.items():
        found = snapshot.figures["dimensions"][key]
        title, question = TITLES[key]
        dimensions.append(
            {
                "key": key, "title": title, "question": question,
                "value": None if found["value"] is None else 100 * found["value"],
                "measures": [_measure(measures[part]) for part in parts],
                "missing": [NAMES[part] for part in missing],
                "lacks": [NAMES[part] for part in found["not_enough"]],
            }
        )  # fmt: skip
    phi = snapshot.figures["phi"]
    lacking = [TITLES[key][0] for key, found in snapshot.figures["dimensions"].items() if found["value"] is None]
    return {
        "dimensions": dimensions, "phi": phi, "lacking": lacking,
        "plot": plot(measures["R2"]["extra"].get("curve", [])), "answered": measures["R2"],
        "enough_n": promises.ENOUGH_N,
    }  # fmt: skip


def _measure(measure: dict[str, Any]) -> dict[str, Any]:
    key = measure["key"]
    return measure | {
        "name": NAMES[key], "definition": DEFINITIONS[key], "finding": finding(measure),
        "percent": None if measure["value"] is None else 100 * measure["value"],
        "low_percent": 100 * measure["low"], "high_percent": 100 * measure["high"],
        "rests_on": int(measure["n_effective"]), "bar": bar(measure),
        "hit_rows": round(measure["hits"]) if key != "P4" else None,
        "misses": max(0, measure["n"] - round(measure["hits"])) if key != "P4" else 0,
    }  # fmt: skip


@require_POST
def again(request: PersonRequest) -> HttpResponse:
    """Computes now instead of in a few minutes."""
    demo, _both = scope_of(request)
    days = days_of(request)
    taking.take_later.enqueue(demo, days)
    return HttpResponseRedirect(
        f"{reverse('indicator:indicator')}?days={days}&scope={'demo' if demo else 'real'}&fresh=1"
    )


@require_GET
def definitions(request: PersonRequest) -> HttpResponse:
    """The manual of measures: what each means, what it leaves out, what is promised, how small samples are treated."""
    shown = [
        {"title": TITLES[key][0], "question": TITLES[key][1],
         "measured": [(part, NAMES[part], DEFINITIONS[part]) for part in parts],
         "missing": [(part, NAMES[part]) for part in missing]}
        for key, (parts, missing) in DIMENSIONS.items()
    ]  # fmt: skip
    context = {"dimensions": shown, "settings": promises.settings(), "version": promises.DEFINITIONS}
    return page(request, "indicator/definitions.html", context)
