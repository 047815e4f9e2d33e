"""Rules for servers come and go as a file, which is looked at first and can be taken back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from corale.adapters.activitypub import rule_files
from corale.adapters.activitypub.models import Follower, RuleImport, Server
from corale.adapters.activitypub.rules import Rule, decide
from tests.support.postroom import follows

HEADING = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n"
FILE = HEADING + (
    'bad.test,suspend,false,false,"Spam, and more",true\n'
    "loud.test,silence,true,false,,false\n"
    "films.test,noop,TRUE,true,,\n"
    "b*d.test,suspend,false,false,,true\n"
    "nonsense,suspend,,,,\n"
    "odd.test,destroy,,,,\n"
    "odd.test,suspend,perhaps,,,\n"
    "molino.test,suspend,,,,\n"
)
PAGE = "/channels/fediverse/servers/import/"


@pytest.fixture
def brings(franca):
    def bring(text: str) -> str:
        return franca.post(PAGE, {"file": SimpleUploadedFile("rules.csv", text.encode())})["Location"]

    return bring


@pytest.mark.django_db
def test_nothing_happens_before_somebody_has_looked(franca, brings, brand, person):
    follows(person("ada", "bad.test").remote, brand)
    page = franca.get(brings(FILE)).content.decode()

    assert "It would block 1, limit 1" in page
    for number, advice in ((5, "asterisks"), (6, "example.org"), (7, "suspend"), (8, "true"), (9, "live ourselves")):
        assert f"Line {number}:" in page and advice in page
    assert not Server.objects.filter(stance="blocked").exists()


@pytest.mark.django_db
def test_it_is_brought_in_and_taken_back(franca, brings, brand, person):
    follows(person("ada", "a.bad.test").remote, brand)
    place = brings(FILE)
    franca.post(place)
    bad, loud, films = (Server.objects.get(host=host) for host in ("bad.test", "loud.test", "films.test"))

    assert (bad.stance, bad.public_comment, bad.is_obfuscated) == ("blocked", "Spam, and more", True)
    assert (loud.stance, loud.rejects_media) == ("limited", True)
    assert (films.stance, films.rejects_media, films.rejects_reports) == ("open", True, True)
    assert not Follower.objects.standing().exists()

    franca.post(place)  # twice is once
    franca.post(f"{place}undo/")
    assert not any(each.is_ruled for each in Server.objects.all())
    assert Follower.objects.standing().exists() and RuleImport.objects.get().undone_at


@pytest.mark.django_db
def test_no_rule_becomes_weaker_and_what_was_decided_since_stays(franca, brings, world):
    decide("loud.test", Rule(stance="blocked", private_comment="Ours"), by_id=world.franca.pk)
    place = brings(FILE)
    franca.post(place)
    decide("bad.test", Rule(stance="limited"), by_id=world.franca.pk)
    franca.post(f"{place}undo/")
    stances = dict(Server.objects.values_list("host", "stance"))

    assert stances["loud.test"] == "blocked" and stances["bad.test"] == "limited"
    assert not Server.objects.get(host="loud.test").rejects_media


@pytest.mark.django_db
def test_what_was_exported_says_the_same_when_it_comes_back(franca, brings):
    franca.post(brings(FILE))
    answer = franca.get("/channels/fediverse/servers/domain_blocks.csv")
    text = b"".join(answer).decode()

    assert answer["Content-Disposition"].endswith('"domain_blocks.csv"')
    assert text.startswith(HEADING) and "Out of the file" not in text
    again = rule_files.read(text)
    assert not again.problems and [each["stance"] for each in again.lines] == ["blocked", "open", "limited"]


@pytest.mark.django_db
def test_a_long_file_costs_no_more_statements_for_each_line(franca, brings, django_assert_max_num_queries):
    place = brings(HEADING + "".join(f"s{number}.test,suspend,false,false,,false\n" for number in range(1500)))
    with django_assert_max_num_queries(90):
        franca.post(place)

    assert Server.objects.filter(stance="blocked").count() == 1500


@pytest.mark.django_db
def test_what_is_no_text_is_said_to_be_none(franca):
    place = franca.post(PAGE, {"file": SimpleUploadedFile("a.csv", b"\xff\xfe\x00bad")})["Location"]

    assert "UTF-8" in franca.get(place).content.decode()


@pytest.mark.django_db
def test_a_list_of_names_alone_blocks_them():
    assert [(line["host"], line["stance"]) for line in rule_files.read("Bad.test\n*.worse.test\n").lines] == [
        ("bad.test", "blocked"), ("worse.test", "blocked"),
    ]  # fmt: skip


@given(st.text(max_size=400))
def test_whatever_a_file_holds_it_is_read_or_said_to_be_wrong(text):
    found = rule_files.read(text)

    assert all(line["host"] and "*" not in line["host"] for line in found.lines)
    assert all(isinstance(number, int) and why for number, why, _line in found.problems)
