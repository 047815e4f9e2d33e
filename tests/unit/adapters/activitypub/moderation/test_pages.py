"""What was refused, and which servers we know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from corale.adapters.activitypub.inbox import refusing
from corale.adapters.activitypub.models import Refusal, Server
from corale.adapters.activitypub.reasons import WORDS
from tests.support.postroom import a_server

pytestmark = pytest.mark.django_db
HOME, SERVERS = "/channels/fediverse/moderation/", "/channels/fediverse/servers/"


def test_each_number_opens_its_rows(franca):
    for host in ("bad.test", "bad.test", "worse.test"):
        refusing.count("wrong_signature", host)
    refusing.count("unsigned", "")
    home = franca.get(HOME).content.decode()
    rows = franca.get(f"{HOME}refused/wrong_signature/?days=7").content.decode()

    assert "The signature does not fit" in home and ">3</a>" in home
    assert "bad.test" in rows and "worse.test" in rows
    assert "not said" in franca.get(f"{HOME}refused/unsigned/").content.decode()


def test_what_is_older_than_the_chosen_time_is_not_counted(franca):
    Refusal.objects.create(day=timezone.now().date() - timedelta(days=10), reason="unsigned", count=4)

    assert "Nothing was refused" in franca.get(HOME).content.decode()
    assert ">4</a>" in franca.get(f"{HOME}?days=30").content.decode()


def test_every_reason_there_is_has_words():
    from corale.adapters.activitypub.signing import errors

    said = {word.strip("`") for word in errors.NotBelieved.__doc__.split() if word.startswith("`")}
    said = {word.rstrip("`.,") for word in said} - {"reason", "status", "retry_after"}
    assert said and said <= set(WORDS)


def test_servers_are_found_by_name_software_and_rule_page_by_page(franca, django_assert_max_num_queries):
    Server.objects.bulk_create(Server(host=f"s{number:03}.test") for number in range(60))
    a_server("bad.test", stance="blocked", software="mastodon 4.5")
    a_server("away.test", failures=4, closed_until=timezone.now() + timedelta(hours=1))
    with django_assert_max_num_queries(20):
        first = franca.get(SERVERS).content.decode()

    assert "s010.test" in first and "s059.test" not in first and 'rel="next"' in first
    assert "s059.test" in franca.get(f"{SERVERS}?after=s047.test").content.decode()
    assert "bad.test" in franca.get(f"{SERVERS}?q=mastodon").content.decode()
    assert "s010.test" not in franca.get(f"{SERVERS}?only=blocked").content.decode()
    assert "Not reached" in franca.get(f"{SERVERS}?only=failing").content.decode()
    assert "New rule" in franca.get(f"{SERVERS}?q=nobody.test").content.decode()


def test_one_of_them_says_how_it_stands_between_us(franca, person, brand):
    from tests.support.postroom import follows

    carla = person("carla")
    follows(carla.remote, brand)
    page = franca.get(f"{SERVERS}{carla.remote.server_id}/").content.decode()

    assert "peer.test" in page and "all arrive" in page
