"""One post to everybody who follows: 1,000 inboxes on 200 hosts, of which 20 are dead; then ten times as many.

A worker of its own process sends over plain HTTP on loopback, signs each one, and waits for other servers as it would
for real ones: a third of the dead refuse, the others take the connection and never answer. A web process is at work
beside it, from which a signed-in colleague asks for the inbox all the time, with 2,000 conversations in it.

`alive`: every host lives. `dead`: twenty do not; `last_s` is when the last living inbox had it, from the moment at
which the post was due; what waits for the dead ones stays. `killed`: the worker is killed three times in the middle and
started again; `lost` is what did not arrive, `doubled` what arrived under two ids, `repeated` what came again under
its own id because its sender died before it could write down that it had arrived (every server recognises that).
`cpu_ms` is the worker's processor time for each inbox, on PostgreSQL without the server's part.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import httpx

from bench._product import cpu_of, memory, say, spread
from tests.support.ports import free_port
from tests.support.processes import House, Process

QUICK = bool(os.environ.get("QUICK"))
HOSTS, DEAD, SIZES = 200, 20, [1_000] if QUICK else [1_000, 10_000]

PREPARE = """
from bench._desk import Desk
from corale.people.models import Person
from tests.support.postroom import an_actor, a_server, somebody, follows
from corale.channels.models import Connection
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
desk = Desk(); desk.grow(2_000)
molino = an_actor()
Connection.objects.create(kind="activitypub", stable_id=molino.uri, handle="molino")
user = Person.objects.get(pk=desk.colleagues[0]).user
session = SessionStore(); session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash(); session.save(); print(session.session_key)
"""

FOLLOW = """
from corale.adapters.activitypub.models import Actor, Dispatch, Follower, RemoteActor, Server
from corale.channels.keys import key_of
from django.db import transaction
hosts, dead, people, alive, deaf, refused = {numbers}
molino = Actor.objects.get(name="molino")
for model in (Follower, Dispatch, RemoteActor, Server):
    model.objects.all().delete()
with transaction.atomic():
    for number in range(hosts):
        port = alive if number >= dead else refused if number % 3 == 0 else deaf
        host = f"127.1.{{number // 100}}.{{number % 100 + 1}}:{{port}}"
        server = Server.objects.create(host=host)
        uris = [f"http://{{host}}/u/{{n}}" for n in range(people)]
        made = RemoteActor.objects.bulk_create([
            RemoteActor(key=key_of(uri), uri=uri, server=server, kind="Person", inbox=f"{{uri}}/inbox") for uri in uris
        ])
        follow = [Follower(actor=molino, remote=each, state="accepted", uri=each.uri) for each in made]
        Follower.objects.bulk_create(follow)
"""

SAY = """
from corale.channels.actions.deliver import deliver_later
from corale.channels.models import Connection, Delivery
from corale.channels.outgoing import payload_of
import time
connection = Connection.objects.get(kind="activitypub")
delivery = Delivery.objects.create(
    connection=connection, kind="post", outside_id=connection.adapter.choose_id(connection, "post"), state="waiting",
    payload=payload_of(text="Il mulino apre domani alle nove. #farina", language="it"),
)
deliver_later(delivery)
print(time.time())
"""


def main() -> None:
    house = House(Path(os.environ["CORALE_DATA"]), os.environ.get("DATABASE_URL", ""))
    receivers = subprocess.Popen([sys.executable, "-m", "bench._inboxes"], stdout=subprocess.PIPE, text=True)
    try:
        assert receivers.stdout is not None
        alive, deaf = map(int, receivers.stdout.readline().split())
        house.call("manage", "migrate", "--verbosity", "0", "--no-input")
        there, session = Receivers(alive, deaf), house.python(PREPARE).splitlines()[-1]
        house.web()
        colleague = Colleague(house, session)
        for size in SIZES:
            for case, dead in (("alive", 0), ("dead", DEAD)):
                fan_out(house, there, colleague, case, size, dead)
            kill(house, there, size)
    finally:
        house.close()
        receivers.kill()


def fan_out(house: House, there: Receivers, colleague: Colleague, case: str, size: int, dead: int) -> None:
    """From when it is due until the last living inbox has it."""
    living = there.prepare(house, size, dead)
    worker = ready(house)
    used = cpu_of(worker.pid)
    with colleague:
        began = float(house.python(SAY).splitlines()[-1])
        house.until(lambda: there.counted()["different"] >= living, seconds=600)
        counted, spent = there.counted(), cpu_of(worker.pid) - used
    rss = memory(worker.pid, "Rss")
    waits = house.value("SELECT count(*) FROM activitypub_dispatch WHERE state <> 2")
    worker.stop()
    say(
        case, size, first_s=round(counted["first"] - began, 2), last_s=round(counted["last"] - began, 2),
        per_s=round(living / (counted["last"] - counted["first"])), cpu_ms=round(1000 * spent / living, 2),
        waiting=waits, rss_mb=round(rss), **colleague.figures(),
    )  # fmt: skip


def kill(house: House, there: Receivers, size: int) -> None:
    """Three times in the middle; and what was on its way when it happened."""
    living = there.prepare(house, size, DEAD)
    worker = ready(house)
    house.python(SAY)
    for share in (0.2, 0.5, 0.8):
        house.until(lambda enough=share * living: there.counted()["different"] >= enough, seconds=600)
        worker.kill()
        worker = ready(house)
        house.python("from corale.channels.actions.deliver import sweep; sweep.func()")
    sent = "SELECT count(*) FROM activitypub_dispatch WHERE state = 2"
    house.until(lambda: house.value(sent) >= living, seconds=600)
    counted = there.counted()
    ids = house.value("SELECT count(*) FROM activitypub_activity") - there.activities
    say(
        "killed", size, lost=living - counted["different"], doubled=(ids - 1) * living,
        repeated=counted["all"] - counted["different"],
    )  # fmt: skip
    worker.stop()


def ready(house: House) -> Process:
    """A worker that holds the loop."""
    worker = house.worker(lease=5, loops=True)
    held = f"SELECT count(*) FROM jobs_lease WHERE name = 'activitypub.dispatch' AND worker LIKE '%:{worker.pid}:%'"
    house.until(lambda: house.value(held) == 1)
    return worker


class Receivers:
    """The other servers."""

    def __init__(self, alive: int, deaf: int) -> None:
        self.alive, self.deaf, self.activities = alive, deaf, 0

    def prepare(self, house: House, size: int, dead: int) -> int:
        """Everybody follows; how many of them live."""
        numbers = (HOSTS, dead, size // HOSTS, self.alive, self.deaf, free_port())
        house.python(FOLLOW.format(numbers=numbers))
        self.activities = house.value("SELECT count(*) FROM activitypub_activity")
        self._ask("DELETE")
        return size - dead * (size // HOSTS)

    def counted(self) -> dict[str, Any]:
        time.sleep(0.05)
        return self._ask("GET")

    def _ask(self, method: str) -> dict[str, Any]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.alive}/", method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))


class Colleague(threading.Thread):
    """Asks for the inbox, five times a second, while something is sent."""

    def __init__(self, house: House, session: str) -> None:
        super().__init__(daemon=True)
        self.client = httpx.Client(base_url=house.url, cookies={"corale_session": session}, timeout=30)
        self.working, self.times = threading.Event(), list[float]()
        for _ in range(20):
            self.ask()
        self.start()

    def __enter__(self) -> None:
        self.times = []
        self.working.set()

    def __exit__(self, *_: object) -> None:
        self.working.clear()

    def run(self) -> None:
        while True:
            self.working.wait()
            self.times.append(self.ask())
            time.sleep(0.2)

    def ask(self) -> float:
        began = time.perf_counter()
        assert self.client.get("/desk/").status_code == 200
        return (time.perf_counter() - began) * 1000

    def figures(self) -> dict[str, float]:
        return {f"inbox_{name}": value for name, value in spread(self.times).items()}
