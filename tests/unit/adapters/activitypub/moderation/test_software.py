"""Other servers say what they run; whoever does not is not asked again at once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from corale.adapters.activitypub import software
from corale.adapters.activitypub.models import Server

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(there, house):
    return Server.objects.create(host=f"127.0.0.1:{there.port}", heard_at=timezone.now())


def test_name_and_version_stand_beside_the_server(there, heard):
    where = f"http://{heard.host}/nodeinfo/2.0"
    rel = "http://nodeinfo.diaspora.software/ns/schema/2.0"
    there.serve(
        "/.well-known/nodeinfo", {"links": [{"rel": rel, "href": where}]}, **{"Content-Type": "application/json"}
    )
    there.serve(
        "/nodeinfo/2.0", {"software": {"name": "mastodon", "version": "4.5.1"}}, **{"Content-Type": "application/json"}
    )
    software.learn.func()
    heard.refresh_from_db()

    assert heard.software == "mastodon 4.5.1"


def test_whoever_does_not_say_is_left_alone(there, heard):
    software.learn.func()
    software.learn.func()
    heard.refresh_from_db()

    assert heard.software == "" and len(there.asked) == 1
