"""People elsewhere: known in one fetch, with their keys in every shape that servers give them."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub import fetching
from corale.adapters.activitypub.actors import by_handle, confirm_handle, remote_actor, remote_key, server_of
from corale.adapters.activitypub.models import RemoteActor, RemoteKey
from corale.channels.errors import ChannelError, Malformed, Refused, Unreachable
from corale.channels.models import Envelope
from tests.support.neighbours import keys

pytestmark = pytest.mark.django_db


def test_somebody_is_known_after_one_fetch(there):
    uri = there.person("eve")

    eve = remote_actor(uri)

    assert (eve.uri, eve.kind, eve.name, eve.inbox) == (uri, "Person", "Eve", f"{uri}/inbox")
    assert (eve.shared_inbox, eve.server.host) == (there.at("/inbox"), f"127.0.0.1:{there.port}")
    assert eve.handle == f"eve@127.0.0.1:{there.port}"
    assert remote_key(f"{uri}#main-key").actor == remote_actor(uri) == eve
    assert there.paths() == ["/users/eve"]


def test_their_document_is_kept_once_as_long_as_it_looks_the_same(there, house):
    uri = there.person("eve")

    remote_actor(uri)
    there.person("eve", inbox=f"{uri}/other", updated="now")
    remote_actor(uri, refresh=True)
    assert Envelope.objects.count() == 1
    there.person("eve", name="Eva")
    eve = remote_actor(uri, refresh=True)

    assert eve.name == "Eva"
    kept = Envelope.objects.order_by("pk")
    assert [each.headers for each in kept] == [{"fetched": "actor", "base": "https://molino.test"}] * 2
    assert b'"Eva"' in bytes(kept[1].body)


def test_a_key_that_is_shown_no_more_is_forgotten(there):
    uri = there.person("eve")
    remote_actor(uri)
    there.person("eve", key="eve's new one")

    remote_actor(uri, refresh=True)

    assert RemoteKey.objects.get().pem == keys("eve's new one")[1]


def test_of_several_keys_each_is_known_and_multikeys_are_not_read(there):
    uri = there.at("/users/eve")
    said = [{"id": f"{uri}#{name}", "owner": uri, "publicKeyPem": keys(name)[1]} for name in ("eve", "mallory")]
    there.person("eve", publicKey=said, assertionMethod=[{"type": "Multikey", "publicKeyMultibase": "z6Mk"}])

    remote_actor(uri)

    assert {each.key_id for each in RemoteKey.objects.all()} == {f"{uri}#eve", f"{uri}#mallory"}


@pytest.mark.parametrize("key_id", ["http://127.0.0.2/users/eve#main-key", "nonsense", 1, None])
def test_a_key_of_another_server_is_nobodys(there, key_id):
    uri = there.at("/users/eve")
    there.person("eve", publicKey={"id": key_id, "owner": uri, "publicKeyPem": keys("eve")[1]})

    remote_actor(uri)

    assert not RemoteKey.objects.exists()


def test_a_key_may_have_an_address_of_its_own_that_shows_its_owner(there):
    """GoToSocial: the document at the key's address is a part of the actor's."""
    uri = there.at("/users/eve")
    key = {"id": f"{uri}/main-key", "owner": uri, "publicKeyPem": keys("eve")[1]}
    there.person("eve", publicKey=key)
    there.serve("/users/eve/main-key", {"id": uri, "type": "Person", "preferredUsername": "eve", "publicKey": key})

    assert remote_key(f"{uri}/main-key").actor.uri == uri


def test_a_key_may_be_a_document_of_its_own_if_its_owner_says_so(there):
    uri, key_id = there.at("/users/eve"), there.at("/keys/1")
    there.serve("/keys/1", {"id": key_id, "type": "CryptographicKey", "owner": uri, "publicKeyPem": keys("eve")[1]})
    there.person("eve", publicKey=key_id)

    assert remote_key(key_id).actor.uri == uri

    RemoteActor.objects.all()[0].keys.all().delete()
    there.person("eve", publicKey=there.at("/keys/2"))
    with pytest.raises(Refused):
        remote_key(key_id)


def test_a_slash_before_the_fragment_makes_no_difference(there):
    """BookWyrm."""
    uri = there.person("eve")
    there.serve("/users/eve/", status=302, Location="/users/eve")

    assert remote_key(f"{uri}/#main-key").actor.uri == uri
    asked = len(there.asked)
    assert remote_key(f"{uri}/#main-key").pem == keys("eve")[1]
    assert len(there.asked) == asked


@pytest.mark.parametrize(
    ("status", "error"), [(410, fetching.Gone), (404, fetching.Gone), (403, Refused), (500, Unreachable)]
)
def test_a_failure_is_remembered_for_a_while(there, status, error):
    there.serve("/users/eve", status=status)

    for _ in range(3):
        with pytest.raises(error):
            remote_actor(there.at("/users/eve"))

    assert len(there.asked) == (2 if status == 403 else 1)
    assert not RemoteActor.objects.exists()


def test_whoever_is_gone_is_marked_so(there):
    uri = there.person("eve")
    remote_actor(uri)
    there.serve("/users/eve", status=410)

    with pytest.raises(fetching.Gone):
        remote_actor(uri, refresh=True)

    assert RemoteActor.objects.get().gone_at is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "Note"},
        {"inbox": ""},
        {"inbox": ["ftp://a.test/inbox"]},
        {"inbox": "https://a.test/" + "x" * 500},
        {"summary": "x" * 200_000},
    ],
)
def test_nobody_to_talk_to_is_nobody(there, wrong):
    uri = there.person("eve", **wrong)

    with pytest.raises(Malformed):
        remote_actor(uri)
    assert not RemoteActor.objects.exists()


def test_whatever_the_document_says_can_be_kept(there):
    uri = there.person(
        "eve", type=["Person", "https://schema.org/Person"], name="E\x00v\ud800e" * 100, preferredUsername=7,
        endpoints=[], alsoKnownAs="https://a.test/eve", followers={"id": "https://a.test/f"}, movedTo=None,
        icon={"x": "\x00"},
    )  # fmt: skip

    eve = remote_actor(uri)
    eve.refresh_from_db()

    assert eve.name.startswith("Ev\ufffde") and len(eve.name) == 200
    assert (eve.also_known_as, eve.followers_uri, eve.handle) == (["https://a.test/eve"], "https://a.test/f", "")


@pytest.mark.parametrize("uri", ["", "nonsense", "ftp://a.test/", "https://" + "a" * 300 + ".test/"])
def test_only_an_address_has_a_server(uri):
    with pytest.raises(Refused):
        server_of(uri)


def finger(there, actor, subject, *, host, kind="application/jrd+json"):
    """What WebFinger says on a host."""
    link = {"rel": "self", "type": "application/activity+json", "href": actor}
    there.serve(
        f"/.well-known/webfinger?resource=acct%3A{subject.replace('@', '%40').replace(':', '%3A')}",
        {"subject": f"acct:{host}", "links": [{"rel": "other"}, link]}, Content_Type=kind,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["application/jrd+json; charset=utf-8", "application/json"])
def test_somebody_is_found_by_handle(there, kind):
    uri, handle = there.person("eve"), f"eve@127.0.0.1:{there.port}"
    finger(there, uri, handle, host=handle, kind=kind)

    assert by_handle(f"@{handle}").handle == handle


def test_handles_may_be_on_another_domain_when_both_say_so(there):
    uri = there.person("eve", host="127.0.0.2")
    at_home, brand = f"eve@127.0.0.2:{there.port}", f"eve@127.0.0.1:{there.port}"
    finger(there, uri, at_home, host=brand)
    finger(there, uri, brand, host=brand)

    assert by_handle(brand).handle == brand
    assert remote_actor(uri, refresh=True).handle == brand


def test_nobody_gets_anothers_handle(there):
    uri = there.person("eve", host="127.0.0.2")
    at_home, brand = f"eve@127.0.0.2:{there.port}", f"boss@127.0.0.1:{there.port}"
    finger(there, uri, at_home, host=brand)
    finger(there, there.at("/users/boss"), brand, host=brand)

    with pytest.raises(Refused):
        confirm_handle(remote_actor(uri))
    assert remote_actor(uri).handle == at_home


@pytest.mark.parametrize(
    "handle", ["", "eve", "@eve", "eve@", "a@b@c", "eve@a/b", "e ve@a.test", "eve@a?b", "eve@" + "a" * 300]
)
def test_what_is_no_handle_is_refused(house, handle):
    with pytest.raises(Refused):
        by_handle(handle)


@pytest.mark.parametrize("answer", [b"[]", b"{}", b'{"links": 1}', b'{"links": [1, {"rel": "self"}]}', b"nonsense"])
def test_an_answer_that_names_nobody_is_none(there, answer):
    handle = f"eve@127.0.0.1:{there.port}"
    path = f"/.well-known/webfinger?resource=acct%3Aeve%40127.0.0.1%3A{there.port}"
    there.serve(path, answer, Content_Type="application/jrd+json")

    with pytest.raises(ChannelError):
        by_handle(handle)
