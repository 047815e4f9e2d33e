"""Signatures against an implementation that this project did not write (Fedify), both ways and in both schemes."""

from __future__ import annotations

import json

import pytest

from tests.support.fediverse.home import Fediverse

DELIVER = """
import json
from corale.adapters.activitypub import own
from corale.adapters.activitypub.signing import sign
from corale.lib import http
brand, body = own.brand(), json.dumps(activity).encode()
headers = sign("POST", inbox, body, key_id=brand.key_id, private_key_pem=brand.signing_key, scheme=scheme,
               headers={"Content-Type": "application/activity+json"})
with http.client(allow_loopback=True) as door:
    answers = [door.post(inbox, content=each, headers=headers).status_code for each in (body + b" ", body)]
answers
"""


@pytest.mark.parametrize("scheme", ["cavage", "rfc9421"])
def test_another_implementation_believes_what_we_sign_and_nothing_else(fediverse: Fediverse, scheme: str) -> None:
    eve = fediverse.somebody("eve")
    activity = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{fediverse.molino}/activities/{scheme}",
                "type": "Follow", "actor": fediverse.molino, "object": eve.id, "to": [eve.id]}  # fmt: skip

    changed, true = fediverse.hand.does(DELIVER, activity=activity, inbox=f"{eve.id}/inbox", scheme=scheme)

    assert (changed, true) == (401, 202)


@pytest.mark.parametrize(("host", "scheme"), [("fedify.test", "rfc9421"), ("knock.test", "cavage")])
def test_we_believe_what_another_implementation_signs(fediverse: Fediverse, host: str, scheme: str) -> None:
    eve = fediverse.somebody("eve", host)
    follow = {"@context": "https://www.w3.org/ns/activitystreams", "id": eve.address("did"), "type": "Follow",
              "actor": eve.id, "object": fediverse.molino}  # fmt: skip

    answer = eve.posts(f"{fediverse.molino}/inbox", json.dumps(follow), scheme=scheme)

    assert answer["status"] == 202
    headers = "CAST(headers AS TEXT) LIKE"  # in whatever order the database keeps them
    kept = f"SELECT count(*) FROM channels_envelope WHERE {headers} '%{eve.id}%' AND {headers} '%{scheme}%'"
    fediverse.until(kept, 1)
