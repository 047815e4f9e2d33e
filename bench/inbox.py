"""The desk and its search, as a signed-in member asks for them, with ever more conversations of five messages.

`page`: the inbox in several trays and orders, with filters, and far down the list; `thread`: a conversation with the
list beside it; `count`: the menu with the number beside every tray; `recency`: the search page, newest first, with
words and filters as people type them; `rank`: best first. Every address is asked for once before the clock runs; words
of searches are new each time. `cpu_ms` is the mean processor time of one answer, the database server's included: with
others on the machine it is the figure to compare.

10,000 and 100,000 conversations; FULL=1 adds 1,000,000; QUICK=1 has 2,000 only.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import django

from bench._desk import LABELS, Desk
from bench._measure import QUICK, percentile, processor, say
from bench._town import vocabulary

SIZES = [2_000] if QUICK else [10_000, 100_000] + [1_000_000] * bool(os.environ.get("FULL"))
ASKED = 30 if QUICK else 120  # addresses a case


def main() -> None:
    """Grows one desk from size to size."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    desk = Desk()
    for size in SIZES:
        began = time.perf_counter()
        desk.grow(size)
        say(case="build", size=size, seconds=time.perf_counter() - began, messages=desk.messages)
        measure(desk)


def measure(desk: Desk) -> None:
    """Every case."""
    from django.test import Client

    from corale.people.models import Person

    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.get(pk=desk.colleagues[0]).user)
    for case, asks in CASES.items():
        times, spent = [], []
        addresses = asks(desk, random.Random(desk.size))
        for number, address in zip(range(ASKED + ASKED // 4), addresses, strict=False):
            began, used = time.perf_counter(), processor()
            answer = client.get(address)
            took = time.perf_counter() - began
            assert answer.status_code == 200, (address, answer.status_code)
            if number >= ASKED // 4:
                times.append(took)
                spent.append(processor() - used)
            if os.environ.get("EACH"):
                print(f"{(processor() - used) * 1000:8.1f} {took * 1000:8.1f} ms {address}", flush=True)
        say(
            case=case, size=desk.size, p50_ms=percentile(times, 0.5), p95_ms=percentile(times, 0.95),
            cpu_ms=1000 * statistics.mean(spent), cpu_p95_ms=percentile(spent, 0.95),
        )  # fmt: skip


def _pages(desk: Desk, chance: random.Random) -> Iterator[str]:
    """Trays, orders, filters; and places far down, as one comes to by paging on and on."""
    from django.db.models import Max, Min

    from corale.conversations.models import Conversation

    held = Conversation.objects.filter(state="open").aggregate(Min("last_activity_at"), Max("last_activity_at"))
    first, last = (int(moment.timestamp() * 1_000_000) for moment in held.values())
    month = f"{desk.newest:%Y-%m}-01"
    said = (
        {}, {"view": "mine"}, {"view": "unassigned"}, {"view": "waiting"}, {"view": "closed"}, {"view": "snoozed"},
        {"sort": "waiting"}, {"view": "mine", "sort": "waiting"}, {"view": "sent"}, {"view": "spam"},
        {"q": f"label:{LABELS[0]}"}, {"q": f"label:{LABELS[9]}"}, {"q": f"-label:{LABELS[0]}"}, {"q": "is:unread"},
        {"q": "channel:bluesky"}, {"q": "from:giulia"}, {"q": "priority:urgent"}, {"q": f"created:>{month}"},
        {"q": f"state:closed assignee:me label:{LABELS[2]}"}, {"q": "channel:molino3.example is:direct"},
    )  # fmt: skip
    while True:
        for each in said:
            yield f"/desk/?{urlencode(each)}"
        for view in ("open", "mine", "closed", "unassigned"):
            place = f"{chance.randrange(first, last)}-{chance.randrange(desk.size)}"
            yield f"/desk/?{urlencode({'view': view, 'after': place})}"


def _threads(desk: Desk, chance: random.Random) -> Iterator[str]:
    while True:
        yield f"/desk/c/{chance.randrange(1, desk.size)}/"


def _counts(desk: Desk, chance: random.Random) -> Iterator[str]:
    while True:
        yield "/design/menu/"


def _recent(desk: Desk, chance: random.Random) -> Iterator[str]:
    for words in _typed(desk, chance):
        yield f"/search/?{urlencode({'q': words})}"


def _ranked(desk: Desk, chance: random.Random) -> Iterator[str]:
    for words in _typed(desk, chance):
        yield f"/search/?{urlencode({'q': words, 'sort': 'best'})}"


def _typed(desk: Desk, chance: random.Random) -> Iterator[str]:
    """A number of an order; words from the rarest to the commonest, alone and together; with filters."""
    every = [word for word in vocabulary()[0] if word.isascii()]
    long = [word for word in every[:150] if len(word) > 7 and word.isalpha()]
    day = f"{desk.newest:%Y-%m}-01"
    while True:
        common, other, mid, rare = (
            chance.choice(every[low:high]) for low, high in ((0, 20), (20, 90), (1_500, 5_000), (20_000, 40_000))
        )
        start = chance.randrange(999_000)
        phrase = " ".join(desk.said[start : start + 2])
        person = (
            f"{chance.choice(('giulia', 'marco', 'lea'))}.{chance.choice(('rossi', 'ferri'))}{chance.randrange(20)}"
        )
        yield from (
            f"ord{50 * chance.randrange(1, desk.messages // 50)}", rare, mid, other, common, f"{common} {mid}",
            f"{common} {other}", f'"{phrase}"', f"{chance.choice(long)[:5]}*", f"{other} -{common}",
            f"state:open {common}", f"state:open {mid}", f"state:closed {rare}",
            f"from:giulia {common}", f"from:{person} {common}", f"from:{person} {mid}",
            f"label:{LABELS[0]} {other}", f"label:{LABELS[8]} {mid}", f"channel:bluesky state:waiting {other} {mid}",
            f"created:>{day} {common}",
        )  # fmt: skip


CASES = {"page": _pages, "thread": _threads, "count": _counts, "recency": _recent, "rank": _ranked}
