"""Who asks us for something."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from corale.adapters.activitypub.models import RemoteActor, Server
from corale.adapters.activitypub.signers import signer_of
from corale.adapters.activitypub.signing import SCHEMES
from tests.support.neighbours import signed_headers

pytestmark = pytest.mark.django_db
PATH = "/actors/molino/posts/1?page=2"


def asked(actor, **signing):
    headers = signed_headers(actor, f"https://molino.test{PATH}", None, **signing)
    return RequestFactory().get(PATH, headers=headers)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_whoever_signs_is_known_after_one_fetch(there, scheme):
    eve = there.person("eve", type="Application")

    signers = [signer_of(asked(eve, scheme=scheme)) for _ in range(2)]

    assert [each.uri for each in signers] == [eve, eve]
    assert there.paths() == ["/users/eve"]


def test_nobody_is_somebody_without_a_signature(there):
    assert signer_of(RequestFactory().get(PATH)) is None
    assert signer_of(RequestFactory().get(PATH, headers={"Authorization": "Bearer 1"})) is None


def test_whoever_is_not_believed_is_nobody(there):
    assert signer_of(asked(there.person("eve"), key="mallory")) is None
    assert not RemoteActor.objects.exists()


def test_whom_we_do_not_want_to_hear_is_nobody(there):
    eve = there.person("eve")
    assert signer_of(asked(eve)) is not None
    RemoteActor.objects.update(is_blocked=True)
    assert signer_of(asked(eve)) is None
    RemoteActor.objects.update(is_blocked=False)
    Server.objects.update(stance=Server.Stance.BLOCKED)
    assert signer_of(asked(eve)) is None
