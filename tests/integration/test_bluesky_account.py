"""Letting us in, renewing the session, and being shut out."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import pytest

from corale.adapters.bluesky.client import Account
from corale.channels.contract import Outgoing, Ref
from corale.channels.errors import Disconnected, Refused, Unreachable
from corale.channels.models import Connection
from tests.support.atproto.people import PASSWORD, Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
ADAPTER = Connection(kind="bluesky")


def test_an_account_just_made_is_introduced_without_its_profile(molino):
    """The view knows a new account a moment later than its own server does."""
    introduced = ADAPTER.adapter.introduce(
        {"identifier": f"\u202a@{molino.handle}\u202c ", "password": PASSWORD, "service": molino.pds}
    )

    assert (introduced.stable_id, introduced.handle, introduced.name) == (molino.did, molino.handle, molino.handle)
    assert introduced.secret["session"]


def test_a_wrong_password_is_refused_with_advice(molino):
    with pytest.raises(Refused) as refused:
        ADAPTER.adapter.introduce({"identifier": molino.handle, "password": "sbagliata", "service": molino.pds})

    assert "does not know this handle" in refused.value.advice


def test_nobody_there_is_unreachable(molino):
    with pytest.raises(Unreachable):
        ADAPTER.adapter.introduce({"identifier": "a.test", "password": "b", "service": "http://localhost:9"})


def test_the_loopback_is_closed_unless_opened(molino, settings):
    settings.CORALE_ALLOW_LOOPBACK = False

    for service in (molino.pds, molino.pds.replace("http://", "https://")):
        with pytest.raises(Refused):
            ADAPTER.adapter.introduce({"identifier": molino.handle, "password": PASSWORD, "service": service})


def test_two_workers_may_renew_one_session(molino, connect):
    """Trap 9: both get a valid one, and the last one kept lets everybody in."""
    connection = connect(molino)
    _age(connection)
    one, other = Account.of(Connection.objects.get()), Account.of(Connection.objects.get())

    answers = [each.get("com.atproto.server.getSession") for each in (one, other)]

    assert [each.status for each in answers] == [200, 200]
    kept = Account.of(Connection.objects.get())
    assert kept.get("com.atproto.server.getSession").is_ok


def test_whoever_comes_too_late_takes_the_session_that_was_kept(molino, connect, monkeypatch):
    connection = connect(molino)
    late = Account.of(Connection.objects.get())
    late.secret["session"] = _spoilt(late.secret["session"])
    monkeypatch.setattr(late, "sign_in", lambda: pytest.fail("the kept session would have done"))

    assert late.get("com.atproto.server.getSession").is_ok
    assert late.secret["session"] == connection.secret["session"]


def test_a_session_renewed_late_does_not_undo_a_new_connection(molino, connect):
    connection = connect(molino, molino.app_password("old"))
    late = Account.of(Connection.objects.get())
    late.secret["session"] = _aged(late.secret["session"])
    fresh = connection.secret | {"password": molino.app_password("new")}
    connection.keep_secret(fresh)

    assert late.get("com.atproto.server.getSession").is_ok
    assert Connection.objects.get().secret == fresh


def test_a_removed_account_is_disconnected(molino, connect):
    connection = connect(molino)
    connection.keep_secret({})

    with pytest.raises(Disconnected):
        connection.adapter.receive(connection, "notifications", "")


def test_a_revoked_app_password_is_disconnected_with_advice(molino, connect):
    connection = connect(molino, molino.app_password())
    connection.adapter.receive(connection, "notifications", "")
    molino.revokes()
    _age(connection)

    with pytest.raises(Disconnected) as shut_out:
        connection.adapter.receive(connection, "notifications", "")

    assert "app password" in shut_out.value.advice


def test_sessions_have_a_limit_and_we_say_when_to_come_back(strict_network):
    """`createSession`: thirty in five minutes."""
    answers = {"identifier": "nessuno.test", "password": "sbagliata", "service": strict_network.pds}
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda number: httpx.post(
            f"{strict_network.pds}/xrpc/com.atproto.server.createSession", json=answers, timeout=60
        ), range(30)))  # fmt: skip

    with pytest.raises(Unreachable) as limited:
        ADAPTER.adapter.introduce(answers)

    assert 0 < limited.value.retry_after <= 300


def test_writes_have_a_limit_and_we_say_when_to_come_back(strict_network, connect):
    """5000 points an hour: three for each of 1666 records made, two for one put, and the next is told to wait."""
    molino = Somebody.on(strict_network, "molino")
    connection = connect(molino)
    for size in [200] * 8 + [66]:
        value = {"$type": "app.bsky.graph.follow", "subject": molino.did, "createdAt": "2026-11-20T09:30:15.123Z"}
        write = {"$type": "com.atproto.repo.applyWrites#create", "collection": "app.bsky.graph.follow", "value": value}
        molino.post_to("com.atproto.repo.applyWrites", repo=molino.did, writes=[write] * size)
    connection.adapter.send(connection, _follow(connection))

    with pytest.raises(Unreachable) as limited:
        connection.adapter.send(connection, _follow(connection))

    assert 0 < limited.value.retry_after <= 3600
    assert limited.value.advice


def _follow(connection):
    outside_id = connection.adapter.choose_id(connection, "follow")
    return Outgoing("follow", outside_id, datetime.now(UTC), target=Ref(connection.stable_id))


def _age(connection):
    """The access token is over, as it is after two hours."""
    secret = connection.secret
    secret["session"] = _aged(secret["session"])
    connection.keep_secret(secret)


def _aged(session):
    handle, did, access, *rest = session.split(":::")
    head, payload, signature = access.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    over = base64.urlsafe_b64encode(json.dumps(claims | {"exp": 1_700_000_000}).encode()).decode().rstrip("=")
    return ":::".join([handle, did, f"{head}.{over}.{signature}", *rest])


def _spoilt(session):
    handle, did, access, refresh, pds = session.split(":::")
    return ":::".join([handle, did, access[:-8] + "AAAAAAAA", refresh, pds])
