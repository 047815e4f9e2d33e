"""Whoever sends is killed at random points: every inbox gets everything, in its order, and nothing is said twice."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.support.crashing import KILLS, kill_again_and_again
from tests.support.postroom import Inboxes, inboxes
from tests.support.processes import House, Process

POSTS, ANSWERS, HOSTS, EACH = 12, 40, 30, 3

PREPARE = """
from django.utils import timezone
from corale.channels.actions.deliver import deliver_later
from corale.channels.contract import Ref
from corale.channels.models import Connection, Delivery
from corale.channels.outgoing import payload_of
from tests.support.postroom import a_server, an_actor, follows, somebody
port, hosts, each = {port}, {hosts}, {each}
molino = an_actor()
connection = Connection.objects.create(kind="activitypub", stable_id=molino.uri, handle="molino")
people = []
for number in range(hosts):
    server = a_server(f"127.0.5.{{number + 1}}:{{port}}")
    for name in range(each):
        people.append(somebody(f"p{{name}}", server, scheme="http"))
        follows(people[-1], molino)

def leaves(kind, **more):
    adapter = connection.adapter
    delivery = Delivery.objects.create(
        connection=connection, kind=kind, outside_id=adapter.choose_id(connection, kind), state="waiting",
        payload=payload_of(**more),
    )
    deliver_later(delivery)

for number in range(max({posts}, {answers})):
    if number < {posts}:
        leaves("post", text=f"Notizia {{number}}")
    if number < {answers}:
        uri = people[number % len(people)].uri
        leaves("reply", text=f"Risposta {{number}}", to=[uri], parent=Ref(f"{{uri}}/1"), audience="direct")
"""


@pytest.mark.timeout(900)
def test_a_sender_killed_again_and_again_loses_nothing_and_says_nothing_twice(house: House) -> None:
    with inboxes() as there:
        house.python(PREPARE.format(port=there.port, hosts=HOSTS, each=EACH, posts=POSTS, answers=ANSWERS))
        goal = POSTS * HOSTS * EACH + ANSWERS
        sent = "SELECT count(*) FROM activitypub_dispatch WHERE state = 2"

        def start() -> Process:
            return house.worker(lease=2, loops=True)

        kill_again_and_again(house, start, lambda: int(house.value(sent)), goal=goal, kills=KILLS // 2)
        # What the killed one held is looked for when its lease is over; a test need not wait for that.
        house.rows("UPDATE channels_delivery SET lease_until = '2020-01-01 00:00:00+00:00' WHERE state = 'sending'")
        start()
        house.python("from corale.channels.actions.deliver import sweep; sweep.func()")
        house.until(lambda: house.value(sent) == goal)
        house.until(lambda: house.value("SELECT count(*) FROM channels_delivery WHERE state <> 'sent'") == 0)

        assert house.value("SELECT count(*) FROM activitypub_post") == POSTS + ANSWERS
        assert house.value("SELECT count(*) FROM activitypub_activity") == POSTS + ANSWERS
        assert house.value("SELECT count(*) FROM activitypub_dispatch") == goal
        assert_each_inbox_has_everything_once(there, goal)


def assert_each_inbox_has_everything_once(there: Inboxes, goal: int) -> None:
    """As a server counts: what comes again under the same id is the same. What was on its way when its sender was
    killed comes again; there is never more of it than was on its way. Posts that two threads begin side by side have no
    order among them; the order of what was said one after the other has tests of its own (`sending/test_claiming`)."""
    had: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for each in there.arrived:
        had[each.headers["host"] + each.path].append((each.activity["id"], each.body))
    firsts = {place: list(dict.fromkeys(came)) for place, came in had.items()}

    assert sum(map(len, firsts.values())) == goal
    assert all(len({uri for uri, _body in came}) == len(came) for came in firsts.values())
    assert len(there.arrived) - goal <= KILLS * 32
