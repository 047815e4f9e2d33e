"""One of us for machines (ActivityPub, sections 3.2 and 4.1)."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from corale.accounts.models import Company
from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.views.accepting import ACTIVITY, LD
from corale.channels.actions.pictures import keep_picture
from tests.unit.adapters.activitypub.drawing import drawn


def read(client, name, accept=ACTIVITY, **more):
    return client.get(f"/actors/{name}", headers={"Accept": accept, **more})


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (ACTIVITY, ACTIVITY),
        (LD, LD),
        ('application/ld+json;profile="https://www.w3.org/ns/activitystreams"', LD),
        ('application/ld+json ; profile = "https://www.w3.org/ns/activitystreams"', LD),
        ("application/ld+json; profile=https://www.w3.org/ns/activitystreams", LD),
        ('application/ld+json; profile="https://w3id.org/security https://www.w3.org/ns/activitystreams"', LD),
        ("application/ld+json", LD),
        ("Application/Activity+JSON; charset=utf-8", ACTIVITY),
        (f"{ACTIVITY}, {LD}, text/html;q=0.1", LD),
        (f"{LD}, {ACTIVITY};q=0.9, text/html;q=0.1", LD),
        ("text/html;q=0.5, application/activity+json;q=0.6", ACTIVITY),
        ("application/json", ACTIVITY),
        ("*/*", ACTIVITY),
        ("application/ld+json; profile=other", ACTIVITY),
        ("image/png", ACTIVITY),
        (";;,q=,", ACTIVITY),
    ],
)
def test_one_of_the_two_exact_types_whatever_the_spacing(client, anna, accept, answered):
    """ActivityPub, section 3.2. Mastodon refuses any other type."""
    answer = read(client, "anna", accept)

    assert answer.status_code == 200
    assert answer["Content-Type"] == answered
    assert {"Accept", "Signature"} <= set(answer["Vary"].split(", "))
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_people_are_led_to_the_page(client, anna):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    assert read(client, "anna", browser)["Location"] == "https://molino.test/@anna"
    assert read(client, "anna", "application/activity+json;q=0.3, text/html;q=0.4").status_code == 302


def test_a_person_says_who_they_are(client, anna):
    document = read(client, "anna").json()

    assert document["type"] == "Person"
    assert document["name"] == "Anna Ferri"
    assert document["summary"] == "<p>I bake.</p>"
    assert document["inbox"] == "https://molino.test/actors/anna/inbox"
    assert document["endpoints"] == {"sharedInbox": "https://molino.test/inbox"}
    assert {document[part] for part in ("outbox", "followers", "following", "featured")} == {
        f"https://molino.test/actors/anna/{part}" for part in ("outbox", "followers", "following", "featured")
    }
    assert [each["name"] for each in document["attachment"]] == ["Role", "Ask me about", "Site"]
    assert document["attachment"][1]["value"] == "bread &amp; flour"
    assert 'rel="me' in document["attachment"][2]["value"]


def test_only_what_they_want_to_show(client, anna):
    Actor.objects.filter(pk=anna.pk).update(shows_role=False, shows_topics=False, links=[])

    assert read(client, "anna").json()["attachment"] == []


def test_labels_speak_the_language_of_the_company(client, anna):
    Company.objects.create(name="Molino", language="it")

    assert read(client, "anna", **{"Accept-Language": "en"}).json()["attachment"][0]["name"] == "Ruolo"


def test_the_brand_is_an_organization_and_the_house_an_application(client, brand):
    assert read(client, "molino").json()["type"] == "Organization"
    assert 'href="https://bread.test"' in read(client, "molino").json()["summary"]
    house = read(client, "instance", "text/html").json()
    assert house["type"] == "Application"
    assert house["manuallyApprovesFollowers"] is True


def test_every_term_is_spelled_out_so_that_nobody_fetches_more(client, anna):
    document = read(client, "anna").json()
    said = {"@context", "id", "type", *document["@context"][2]}
    plain = {
        "name",
        "summary",
        "url",
        "published",
        "updated",
        "attachment",
        "preferredUsername",
        "inbox",
        "outbox",
        "followers",
        "following",
        "endpoints",
        "publicKey",
        "icon",
        "image",
    }  # fmt: skip  of ActivityStreams and of the security vocabulary

    assert set(document) <= said | plain


def test_the_key_belongs_to_the_document_and_stays(client, anna):
    before = read(client, "anna").json()["publicKey"]
    Actor.objects.get(pk=anna.pk).save()

    assert before["id"] == "https://molino.test/actors/anna#main-key"
    assert before["owner"] == "https://molino.test/actors/anna"
    assert read(client, "anna").json()["publicKey"] == before
    assert load_pem_public_key(before["publicKeyPem"].encode()).key_size == 2048
    private = load_pem_private_key(anna.signing_key.encode(), None)
    assert private.public_key() == load_pem_public_key(before["publicKeyPem"].encode())
    assert "BEGIN" not in anna.private_key


def test_a_picture_is_ours_and_named_by_its_content(client, anna, brand):
    anna.picture = keep_picture(drawn())
    anna.save()

    icon = read(client, "anna").json()["icon"]
    assert icon["mediaType"] == "image/png"
    assert icon["url"].startswith("https://molino.test/pictures/")


def test_whoever_left_stays_attributed_and_says_whom_to_ask(client, anna, brand):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.LEFT)
    document = read(client, "anna").json()

    assert "no longer speaks for the company" in document["summary"]
    assert "https://molino.test/@molino" in document["summary"]
    assert document["discoverable"] is False
    assert document["publicKey"]["publicKeyPem"] == anna.public_key
    assert [each["name"] for each in document["attachment"]] == ["Site"]


def test_whoever_moved_says_where(client, anna):
    Actor.objects.filter(pk=anna.pk).update(
        state=Actor.State.MOVED, moved_to="https://new.test/anna", also_known_as=["https://old.test/anna"]
    )
    document = read(client, "anna").json()

    assert document["movedTo"] == "https://new.test/anna"
    assert document["alsoKnownAs"] == ["https://old.test/anna"]


def test_whoever_is_hidden_is_a_tombstone(client, anna):
    """ActivityPub, section 6.4: 410, with a Tombstone."""
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.HIDDEN)
    answer = read(client, "anna")

    assert answer.status_code == 410
    assert answer.json()["type"] == "Tombstone"
    assert answer["Content-Type"] == ACTIVITY


def test_nobody_is_nobody(client, house):
    assert read(client, "nobody").status_code == 404


def test_what_has_not_changed_is_not_sent_again(client, anna):
    """Other servers ask three times for each note."""
    first = read(client, "anna")
    again = read(client, "anna", **{"If-None-Match": first["ETag"]})

    assert "max-age=180" in first["Cache-Control"]
    assert again.status_code == 304
    assert {"Accept", "Signature"} <= set(again["Vary"].split(", "))
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_page_of_another_site_may_read_it(client, anna):
    """Fetch, section 4.8: an Accept with a profile in it is asked about first."""
    answer = client.options("/actors/anna", headers={"Origin": "https://elsewhere.test"})

    assert answer.status_code == 204
    assert "Accept" in answer["Access-Control-Allow-Headers"]


def test_reading_one_of_us_is_cheap(client, anna, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        read(client, "anna")
    with django_assert_max_num_queries(2):
        read(client, "instance")


@pytest.mark.parametrize("name", ["Anna B", "", "-x", "x-", "a" * 31, "è", "instance", "anna"])
def test_names_that_others_would_not_take_are_refused(anna, name):
    with pytest.raises(own.NameRefused):
        own.make_actor(Actor.Kind.PERSON, name)


def test_turning_it_on_twice_is_turning_it_on_once(house, brand):
    again = own.enable(name="other", display_name="Other")

    assert again == house == own.connection()
    assert again.stable_id == brand.uri
    assert again.handle == "molino@molino.test"
    assert own.brand() == brand


def test_a_colleague_speaks_only_while_the_profile_is_active(anna, world):
    assert own.actor_for(world.anna.pk) == anna
    assert own.actor_for(world.bruno.pk) is None
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.PAUSED)
    assert own.actor_for(world.anna.pk) is None


def test_the_document_can_be_read_as_json_by_anybody(client, anna):
    assert json.loads(read(client, "ANNA").content)["id"] == "https://molino.test/actors/anna"
