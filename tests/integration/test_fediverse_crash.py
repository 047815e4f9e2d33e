"""Killed at any moment, on either side of the wire: what came is there once, and what was said is heard once."""

from __future__ import annotations

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import Somebody

pytestmark = pytest.mark.timeout(600)
ROUNDS = 3


def test_what_was_accepted_before_a_kill_is_in_the_record_afterwards_once(fediverse: Fediverse, dora: Somebody) -> None:
    wanted: list[str] = []
    for number in range(ROUNDS):
        wanted += [dora.says(f"Domanda {number}.{part}", fediverse.molino)["id"] for part in range(3)]
        fediverse.worker.kill()
        wanted.append(dora.says(f"Domanda {number} a lavoratore morto", fediverse.molino)["id"])
        fediverse.worker = fediverse.house.worker(lease=2, loops=True)

    for native_id in wanted:
        fediverse.message(native_id)
    marks = ", ".join(f"'{each}'" for each in wanted)
    assert fediverse.rows(f"SELECT count(*) FROM conversations_message WHERE native_id IN ({marks})") == [
        (len(wanted),)
    ]


def test_an_answer_whose_sender_is_killed_is_heard_and_heard_once(fediverse: Fediverse, dora: Somebody) -> None:
    asked = [dora.says(f"Quanto costa il numero {number}?", fediverse.molino)["id"] for number in range(ROUNDS)]
    answers = []
    for native_id in asked:
        answers += fediverse.answers(native_id, "Quattro euro.")
        fediverse.worker.kill()
        its_leases_end(fediverse)
        fediverse.worker = fediverse.house.worker(lease=2, loops=True)

    heard = [dora.heard("Create", object__id=answer)["id"] for answer in answers]

    assert len(set(heard)) == ROUNDS
    for answer in answers:
        fediverse.until(f"SELECT state FROM channels_delivery WHERE outside_id = '{answer}'", "sent")
        ids = {each["id"] for each in dora.all_heard("Create", object__id=answer)}
        assert len(ids) == 1


def its_leases_end(fediverse: Fediverse) -> None:
    """As if the minutes had passed for which the dead worker had taken what it held."""
    fediverse.rows("UPDATE channels_delivery SET lease_until = '2020-01-01 00:00:00+00:00' WHERE state = 'sending'")
    fediverse.rows("UPDATE activitypub_dispatch SET lease_until = '2020-01-01 00:00:00+00:00' WHERE state = 1")


def test_while_the_web_is_dead_others_try_again_and_lose_nothing(fediverse: Fediverse, dora: Somebody) -> None:
    note = dora.note("C'è qualcuno?", fediverse.molino)
    fediverse.web.kill()
    with pytest.raises(AssertionError):
        dora.creates(note, fediverse.molino)
    fediverse.web = fediverse.house.web()

    dora.creates(note, fediverse.molino)

    assert fediverse.message(note["id"])["state"] == 0
