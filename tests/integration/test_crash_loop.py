"""Everything that runs is killed at random points: what arrived is there once, what left has left once."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.support.crashing import KILLS, kill_again_and_again
from tests.support.processes import House, Process

ARRIVALS, LINES = 700, 12_000
CHANNEL = {"CORALE_ADAPTERS": "logbook=tests.support.logbook:Logbook"}


@pytest.fixture
def logbook(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house with an account on the channel made of files, and Anna, who answers."""
    for name, value in CHANNEL.items():
        monkeypatch.setenv(name, value)
    (house.folder / "incoming").write_text("".join(f"m{n}|p{n % 90}|Domanda {n}\n" for n in range(ARRIVALS)))
    house.python(
        "from corale.channels.models import Connection;"
        f"Connection.objects.create(kind='logbook', stable_id='us', service={str(house.folder)!r});"
        "from corale.accounts.models import User; from corale.people.models import Person;"
        "u = User.objects.create_user('anna@molino.test', 'una lunga parola');"
        "Person.objects.update_or_create(user=u, defaults={'name': 'Anna Ferri'})"
    )
    return house


@pytest.mark.timeout(900)
def test_a_listener_and_sender_killed_again_and_again_loses_nothing_and_says_nothing_twice(logbook: House) -> None:
    house, half = logbook, KILLS // 2

    def start() -> Process:
        return house.worker(lease=2, loops=True)

    messages = "SELECT count(*) FROM conversations_message WHERE direction = 0"
    kill_again_and_again(house, start, lambda: int(house.value(messages)), goal=ARRIVALS, kills=half)
    start()
    house.until(lambda: house.value(messages) == ARRIVALS)

    assert house.value("SELECT count(DISTINCT native_key) FROM channels_envelope") == ARRIVALS
    assert house.value("SELECT count(*) FROM channels_envelope") == ARRIVALS
    assert house.value("SELECT count(*) FROM ledger_fact WHERE kind = 'message.received'") == ARRIVALS
    assert house.value("SELECT count(*) FROM people_identity") == 90

    house.close()
    house.python(
        "from corale.conversations.models import Conversation; from corale.people.models import Person;"
        "from corale.conversations.actions.answering import answer;"
        "anna = Person.objects.get(user__email='anna@molino.test');"
        "[answer(c, [f'Risposta {c.pk}'], by=anna, hold=0) for c in Conversation.objects.order_by('pk')[:300]]"
    )
    sent = "SELECT count(*) FROM channels_delivery WHERE state = 'sent'"
    kill_again_and_again(house, start, lambda: int(house.value(sent)), goal=300, kills=KILLS - half)
    # What the killed sender held is looked for when its lease is over; a test need not wait for that.
    house.rows("UPDATE channels_delivery SET lease_until = '2020-01-01 00:00:00+00:00' WHERE state = 'sending'")
    start()
    house.python("from corale.channels.actions.deliver import sweep; sweep.func()")
    house.until(lambda: house.value(sent) == 300)

    left = Counter(line.split("|")[0] for line in (house.folder / "outgoing").read_text().splitlines())
    assert len(left) == 300
    assert set(left.values()) == {1}
    assert house.value("SELECT count(*) FROM ledger_fact WHERE kind = 'message.answered'") == 300


@pytest.mark.timeout(900)
def test_an_import_killed_again_and_again_reads_every_line_once(house: House) -> None:
    path = house.folder / "archivio.jsonl"
    path.write_text("".join(json.dumps({"id": f"{n}", "text": f"riga {n}"}) + "\n" for n in range(LINES)))
    house.python(
        "from pathlib import Path; from corale.conversations.importing.running import prepare;"
        f"prepare(Path({str(path)!r}), source='archivio', by=None)"
    )
    run = int(house.value("SELECT id FROM conversations_importrun"))
    progress = "SELECT line FROM conversations_importrun"

    def start() -> Process:
        return house.start("import", "--continue", str(run))

    kill_again_and_again(house, start, lambda: int(house.value(progress)), goal=LINES)
    house.call("import", "--continue", str(run))

    assert house.rows("SELECT state, kept, known, rejected FROM conversations_importrun") == [("done", LINES, 0, 0)]
    assert house.value("SELECT count(*) FROM conversations_message") == LINES
    assert house.value("SELECT count(*) FROM channels_envelope") == LINES
    assert house.value("SELECT count(*) FROM ledger_fact WHERE kind = 'message.received'") == LINES


@pytest.mark.timeout(900)
def test_pages_killed_again_and_again_keep_every_answer_once(logbook: House) -> None:
    house, count = logbook, KILLS * 6
    house.python(
        "from corale.channels.models import Connection;"
        "from corale.conversations.actions.receive import take_in;"
        "from corale.channels.contract import Raw; c = Connection.objects.get(kind='logbook');"
        f"take_in(c, [Raw(f'm{{n}}', f'm{{n}}|p{{n}}|Domanda {{n}}\\n'.encode()) for n in range({count})])"
    )
    session = house.python(
        "from django.contrib.sessions.backends.db import SessionStore; from corale.accounts.models import User;"
        "from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, BACKEND_SESSION_KEY; s = SessionStore();"
        "u = User.objects.get(email='anna@molino.test'); s[SESSION_KEY] = str(u.pk);"
        "s[BACKEND_SESSION_KEY] = 'allauth.account.auth_backends.AuthenticationBackend';"
        "s[HASH_SESSION_KEY] = u.get_session_auth_hash(); s.save(); print(s.session_key)"
    ).splitlines()[-1]
    wanted = [pk for (pk,) in house.rows("SELECT id FROM conversations_conversation ORDER BY id")]
    written = "SELECT count(*) FROM conversations_message WHERE direction = 1"
    confirmed: set[int] = set()

    def send(pk: int) -> None:
        """As a person does: if the page dies, the same composer is sent again."""
        try:
            with httpx.Client(base_url=house.url, cookies={"corale_session": session}, timeout=20) as client:
                client.get(f"/desk/c/{pk}/")
                data = {"body": f"Risposta {pk}", "seen": "999999", "key": str(uuid.uuid5(uuid.NAMESPACE_OID, str(pk)))}
                data["csrfmiddlewaretoken"] = client.cookies.get("csrftoken", "")
                if client.post(f"/desk/c/{pk}/words/", data=data).status_code in (200, 302, 303):
                    confirmed.add(pk)
        except httpx.HTTPError:
            return  # the page died; what it had not confirmed may or may not stand there

    with ThreadPoolExecutor(3) as pool:
        for round_ in range(KILLS):
            page = house.web()
            enough = int(house.value(written)) + 1 + round_ % 4
            some = [pk for pk in wanted[: round_ * 6 + 6] if pk not in confirmed]
            sending = [pool.submit(send, pk) for pk in some]
            house.until(lambda enough=enough: house.value(written) >= enough)
            page.kill()
            for each in sending:
                each.result()
    house.web()
    for pk in wanted:
        send(pk)

    answered = Counter(int(pk) for (pk,) in house.rows(
        "SELECT conversation_id FROM conversations_message WHERE direction = 1"
    ))  # fmt: skip
    assert confirmed == set(wanted) == set(answered)
    assert set(answered.values()) == {1}
    assert house.value("SELECT count(*) FROM channels_delivery") == len(wanted)
