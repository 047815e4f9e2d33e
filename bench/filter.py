"""Listening: short messages against 10,000 saved terms in 2,500 queries, on one core.

`sieve` is the matching alone: words folded, the automaton, and every query that is reached asked. `arrivals` is the
whole of it: messages read from the database, matched, matches written, and how far we have come, batch by batch. A
query wants one rare word and one of two others, and excludes one; every fourth term is a phrase of two words. Each
message has 6 to 24 words, in two languages, the common ones most often. `found` is how many matches that makes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import django

from bench._measure import QUICK, say, spending
from bench._town import vocabulary
from corale.project.sparing import settle_down

QUERIES = 2_500
TERMS = 4 * QUERIES
MESSAGES = 20_000 if QUICK else 200_000
ARRIVALS = 2_000 if QUICK else 20_000
COMMON = 60  # the most common words, which nobody saves alone


def main() -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    settle_down()
    queries = list(_queries())
    _sieve(queries)
    _arrivals(queries)


def _sieve(queries: list[dict[str, str]]) -> None:
    from corale.listen.matching.saying import Saying
    from corale.listen.matching.sieve import Sieve
    from corale.listen.models import Query

    with spending() as made:
        sieve = Sieve({number: Query(**each).wanted for number, each in enumerate(queries)})
    sayings = [Saying(number, text) for number, text in enumerate(_texts(MESSAGES))]
    with spending() as spent:
        found = sum(1 for _each in sieve.through(sayings))
    say(case="sieve", size=MESSAGES, terms=TERMS, per_s=round(MESSAGES / spent.client),
        cpu_us=1e6 * spent.client / MESSAGES, found=found, made_ms=1000 * made.client)  # fmt: skip


def _arrivals(queries: list[dict[str, str]]) -> None:
    from corale.channels.contract import Raw
    from corale.channels.models import Connection
    from corale.conversations.actions.receive import take_in
    from corale.listen import sieves
    from corale.listen.actions.filtering import begin, filter_some
    from corale.listen.models import Match, Query

    begin()
    Query.objects.bulk_create(Query(name=each["required"], **each) for each in queries)
    shop = Connection.objects.create(kind="demo", stable_id="demo:bench", handle="bench.test")
    arrived = list(map(_thing, range(ARRIVALS), _texts(ARRIVALS)))
    for start in range(0, ARRIVALS, 500):
        take_in(shop, [Raw(each["id"], _encoded(each)) for each in arrived[start : start + 500]])
    sieves.current()  # made once for many batches; how long that takes is said above
    with spending() as spent:
        while filter_some():
            continue
    say(case="arrivals", size=ARRIVALS, terms=TERMS, per_s=round(ARRIVALS / spent.wall),
        cpu_us=1e6 * spent.cpu / ARRIVALS, found=Match.objects.count())  # fmt: skip


def _queries() -> Iterator[dict[str, str]]:
    chance = random.Random(11)
    words = vocabulary()[0]
    for _each in range(QUERIES):
        required, one, other, excluded = (_term(chance, words) for _ in range(4))
        yield {"required": required, "either": f"{one} {other} pane bread", "excluded": excluded}


def _term(chance: random.Random, words: list[str]) -> str:
    first = chance.choice(words[COMMON:])
    return f'"{first} {chance.choice(words)}"' if chance.random() < 0.25 else first


def _texts(count: int) -> Iterator[str]:
    chance = random.Random(12)
    words, weights = vocabulary()
    said = chance.choices(words, weights, k=200_000)
    for _each in range(count):
        start = chance.randrange(len(said) - 24)
        yield f"{' '.join(said[start : start + chance.randrange(6, 25)]).capitalize()}."


def _thing(number: int, text: str) -> dict[str, Any]:
    by = {"id": f"demo:{number % 997}", "handle": f"p{number % 997}.test", "name": f"P {number % 997}"}
    at = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    return {
        "type": "said",
        "id": f"demo:f:{number}",
        "by": by,
        "text": text,
        "at": at,
        "kind": "mention",
        "to_us": True,
    }


def _encoded(thing: dict[str, Any]) -> bytes:
    from corale.adapters.demo import wire

    return wire.encode(thing)
