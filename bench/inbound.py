"""What others bring to the inbox: signed deliveries over HTTP into two web processes, with a worker beside them.

`known`: mentions of the brand by fifty people whose keys are at hand. `new`: five hundred people whom the house has
never heard of, four mentions each, over eight connections; `fetches` is how often their servers were asked. `again`:
the same once more, a replay. `forged`: signed with another key. `farewell`: accounts that nobody knows are deleted.
`raw` is RSA's part alone, in the same run.

Everything later is included: reading, conversations, the search index. `cpu_ms` is the processor time of the product
(and of the database server) for one delivery, until all of it is done; the people and their servers live in this
process, which is not counted.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from bench._product import begin, cpu_of, family, memory, say, server_cpu, spread
from tests.support.processes import House, Process

QUICK = bool(os.environ.get("QUICK"))
KNOWN, STRANGERS, EACH, CONNECTIONS, HOSTS = (400, 60, 4, 8, 10) if QUICK else (4_000, 500, 4, 8, 10)
ENABLE = "from corale.adapters.activitypub import own; own.enable(name='molino', display_name='Molino')"
WORDS = ("pane", "farina", "forno", "acqua", "lievito", "macina", "ordine", "pacco", "giorno", "negozio", "buono")


def main() -> None:
    begin()
    from tests.support.neighbours import neighbour

    house = House(Path(os.environ["CORALE_DATA"]), os.environ.get("DATABASE_URL", ""))
    house.more["CORALE_URL"] = f"http://localhost:{house.port}"
    try:
        house.python(ENABLE)
        web, worker = house.web(workers=2), house.worker(loops=True)
        with neighbour() as there:
            Measure(house, (web, worker), there).run()
    finally:
        house.close()


@dataclass(slots=True)
class Letter:
    """One delivery, signed before the clock runs."""

    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Answers:
    """What came back: how often each status, and after how many milliseconds each answer."""

    statuses: dict[int, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    wall: float = 0.0


class Measure:
    """One house and its neighbours."""

    def __init__(self, house: House, processes: Sequence[Process], there: Any) -> None:
        self.house, self.processes, self.there = house, processes, there
        self.inbox = f"http://localhost:{house.port}/inbox"
        self.chance = random.Random(7)
        self.said = 0

    def run(self) -> None:
        raw()
        friends = self.people("friend", 50)
        self.send([self.mention(each) for each in friends])
        self.settle()
        self.case("known", [self.mention(friends[number % 50]) for number in range(KNOWN)])
        strangers = self.people("stranger", STRANGERS)
        letters = [self.mention(each) for _ in range(EACH) for each in strangers]
        self.case("new", letters)
        self.case("again", letters)
        self.case("forged", [self.mention(each, key="mallory") for each in strangers * 2])
        self.case("farewell", [self.farewell(f"nobody{number}") for number in range(STRANGERS * 2)])

    def case(self, name: str, letters: list[Letter]) -> None:
        """Until everything that follows from them is done."""
        asked, before, began = len(self.there.asked), self.used(), time.perf_counter()
        weight = self.weight()
        answers = self.send(letters)
        self.settle()
        wall, used = time.perf_counter() - began, self.used() - before
        say(
            name, len(letters), per_s=round(len(letters) / answers.wall), done_per_s=round(len(letters) / wall),
            cpu_ms=round(1000 * used / len(letters), 2), **spread(answers.waits, (50, 95, 99)),
            statuses=answers.statuses, fetches=len(self.there.asked) - asked, pss_mb=round(self.weight()),
            grown_mb=round(self.weight() - weight, 1),
        )  # fmt: skip

    def people(self, called: str, count: int) -> list[str]:
        """On ten servers. Making a key takes long, so they share a few; each writes it a little differently, and it is
        read for each."""
        from tests.support.neighbours import keys, person

        found = []
        for number in range(count):
            name, host = f"{called}{number}", f"127.0.0.{2 + number % HOSTS}"
            uri = self.there.at(f"/users/{name}", host)
            self.there.serve(f"/users/{name}", person(uri, name, keys("eve")[1] + "\n" * number))
            found.append(uri)
        return found

    def mention(self, actor: str, key: str = "eve") -> Letter:
        """A few words to the brand."""
        self.said += 1
        words = " ".join(self.chance.choices(WORDS, k=20))
        brand, uri, public = self.inbox.replace("/inbox", "/actors/molino"), f"{actor}/notes/{self.said}", "as:Public"
        note = {"id": uri, "type": "Note", "attributedTo": actor, "content": f"<p>@molino {words}</p>",
                "published": "2026-11-24T12:00:00Z", "to": [public], "cc": [brand, f"{actor}/followers"],
                "tag": [{"type": "Mention", "href": brand, "name": "@molino"}]}  # fmt: skip
        return self.signed({"id": f"{uri}/activity", "type": "Create", "actor": actor, "object": note,
                            "to": note["to"], "cc": note["cc"]}, key)  # fmt: skip

    def farewell(self, name: str) -> Letter:
        actor = self.there.at(f"/users/{name}")
        return self.signed({"id": f"{actor}#delete", "type": "Delete", "actor": actor, "object": actor}, "eve")

    def signed(self, activity: dict[str, Any], key: str) -> Letter:
        from tests.support.neighbours import CONTEXT, signed_headers

        body = json.dumps({"@context": CONTEXT} | activity).encode()
        return Letter(signed_headers(activity["actor"], self.inbox, body, key=key), body)

    def send(self, letters: Sequence[Letter]) -> Answers:
        """Over eight connections that stay open."""
        waiting: SimpleQueue[Letter] = SimpleQueue()
        for letter in letters:
            waiting.put(letter)
        answers, began = Answers(), time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            for _ in range(CONNECTIONS):
                pool.submit(self._post, waiting, answers)
        answers.wall = time.perf_counter() - began
        return answers

    def _post(self, waiting: SimpleQueue[Letter], answers: Answers) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=60)
        while True:
            try:
                letter = waiting.get_nowait()
            except Empty:
                return connection.close()
            began = time.perf_counter()
            connection.request("POST", "/inbox", letter.body, letter.headers)
            answer = connection.getresponse()
            answer.read()
            answers.waits.append(1000 * (time.perf_counter() - began))
            answers.statuses[answer.status] = answers.statuses.get(answer.status, 0) + 1

    def settle(self) -> None:
        """Nothing is waiting: no job, no envelope, no word for the index."""
        while any(self.house.value(f"SELECT count(*) FROM {each}") for each in WAITING):
            time.sleep(0.1)

    def used(self) -> float:
        return sum(cpu_of(each.pid) for each in self.processes) + server_cpu()

    def weight(self) -> float:
        return sum(memory(pid, "Pss") for each in self.processes for pid in family(each.pid))


WAITING = (
    "jobs_job WHERE state IN ('waiting', 'running') AND task LIKE '%inbox.working.work_later'",
    "channels_envelope WHERE state = 0",
    "search_pending",
)


def raw() -> None:
    """One signature of RSA with 2,048 bits, and reading one key."""
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    from corale.adapters.activitypub.signing.keys import private_key, signed
    from tests.support.neighbours import keys

    pem, text = keys("eve")[1].encode(), b"(request-target): post /inbox\n" * 8
    signature, key = signed(text, private_key(keys("eve")[0])), load_pem_public_key(pem)
    say("raw", 5_000, verify_us=each_us(lambda: key.verify(signature, text, PKCS1v15(), SHA256())),  # type: ignore[union-attr,call-arg,arg-type]
        key_us=each_us(lambda: load_pem_public_key(pem)))  # fmt: skip


def each_us(act: Callable[[], object], times: int = 5_000) -> float:
    """Processor time of one, in microseconds."""
    before = time.process_time()
    for _ in range(times):
        act()
    return round((time.process_time() - before) / times * 1e6, 1)
