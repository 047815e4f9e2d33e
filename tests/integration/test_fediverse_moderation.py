"""What we decide about others, as a server that this project did not write hears it."""

from __future__ import annotations

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.people import Somebody

pytestmark = pytest.mark.timeout(600)
HAND = (
    "from corale.adapters.activitypub import rules, shunning; "
    "from corale.adapters.activitypub.complaining import complain; "
    "from corale.adapters.activitypub.models import RemoteActor, RuleChange"
)


def test_a_report_reaches_their_server_in_the_name_of_the_house(fediverse: Fediverse, eve: Somebody) -> None:
    said = eve.says("Comprate qui", fediverse.molino)
    fediverse.message(said["id"])

    fediverse.hand.does(
        f"{HAND}; complain(RemoteActor.objects.get(uri=uri), 'Pubblicità', [note], by_id=1)",
        uri=eve.id,
        note=said["id"],
    )

    flag = eve.heard("Flag")
    assert flag["actor"].endswith("/actors/instance")
    assert flag["object"] == [eve.id, said["id"]] and flag["content"] == "Pubblicità"


def test_whoever_is_blocked_is_told_so_and_told_when_it_is_over(fediverse: Fediverse, dora: Somebody) -> None:
    asked = dora.follows(fediverse.molino)
    dora.heard("Accept", object__id=asked)

    fediverse.hand.does(f"{HAND}; shunning.block(RemoteActor.objects.get(uri=uri), by_id=1).pk", uri=dora.id)
    assert dora.heard("Block")["object"] == dora.id

    fediverse.hand.does(f"{HAND}; shunning.end(RemoteActor.objects.get(uri=uri), 'block', by_id=1).pk", uri=dora.id)
    assert dora.heard("Undo", object__type="Block")["actor"] == fediverse.molino


def test_a_blocked_server_is_not_heard_until_the_rule_is_taken_back(fediverse: Fediverse) -> None:
    mara = fediverse.somebody("mara", "knock.test")
    mara.says("Prima", fediverse.molino)
    host = mara.id.split("/")[2]
    fediverse.until(f"SELECT count(*) FROM activitypub_remoteactor WHERE uri = '{mara.id}'", 1)
    pk = fediverse.hand.does(f"{HAND}; rules.decide(host, rules.Rule(stance='blocked'), by_id=1).pk", host=host)

    unheard = mara.note("Durante", fediverse.molino)
    with pytest.raises(AssertionError, match="403"):  # as the peer's own library tells it
        mara.creates(unheard, fediverse.molino)
    refused = "SELECT count(*) FROM activitypub_refusal WHERE reason = 'blocked_server' AND host = '{}'"
    fediverse.until(refused.format(host), 1)

    assert fediverse.hand.does(f"{HAND}; rules.take_back(RuleChange.objects.get(pk=pk), by_id=1)", pk=pk)
    heard = mara.says("Dopo", fediverse.molino)
    assert fediverse.message(heard["id"])["text"].endswith("Dopo")
    assert fediverse.hand.does("Message.objects.filter(native_id=uri).count()", uri=unheard["id"]) == 0
