"""What every channel promises (`corale/channels/contract.py`), tried on every adapter there is, without a network.

An adapter brings `tests/payloads/KIND/`: what the other side really sends, one arrival a file.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as some

from corale.channels.contract import Can, Event, Known, Raw, Reacted, Said, Unreacted, Vanished
from corale.channels.errors import Malformed
from corale.channels.models import Connection
from corale.channels.registry import ADAPTERS, adapter_for
from corale.lib.text import graphemes

PAYLOADS = Path(__file__).resolve().parents[2] / "payloads"
KINDS = sorted(ADAPTERS)
ARRIVALS = [(kind, path) for kind in KINDS for path in sorted((PAYLOADS / kind).glob("*")) if path.suffix != ".md"]
every_adapter = pytest.mark.parametrize("kind", KINDS)
every_arrival = pytest.mark.parametrize(("kind", "path"), ARRIVALS, ids=lambda each: getattr(each, "name", each))
texts = some.text(max_size=2_000) | some.lists(some.sampled_from(["ciao", "👩‍👩‍👧", "e\u0301", "\n", "#tag"])).map(
    " ".join
)


def raw(path: Path) -> Raw:
    return Raw(key=path.name, body=path.read_bytes(), received_at=timezone.now())


@every_adapter
def test_it_says_what_it_is_what_it_reads_and_what_it_writes(kind):
    adapter = adapter_for(kind)

    assert adapter.kind == kind
    assert adapter.name
    assert adapter.parser_version >= 1
    assert adapter.reads
    assert adapter.writes or not adapter.can & (Can.POST | Can.REPLY)


@every_adapter
def test_it_brings_what_the_other_side_really_sends(kind):
    assert [path for of, path in ARRIVALS if of == kind], f"nothing in tests/payloads/{kind}"


@every_arrival
def test_what_the_other_side_sends_is_understood(kind, path):
    events = list(adapter_for(kind).read(raw(path)))

    assert all(isinstance(event, Event) for event in events)


@every_arrival
def test_reading_again_says_the_same(kind, path):
    adapter = adapter_for(kind)

    assert list(adapter.read(raw(path))) == list(adapter.read(raw(path)))


@every_arrival
def test_everything_has_a_name_that_lasts_and_a_time_in_a_zone(kind, path):
    for event in adapter_for(kind).read(raw(path)):
        match event:
            case Said():
                assert event.native_id and event.version and event.author.stable_id
                assert event.written_at is None or event.written_at.tzinfo
            case Reacted():
                assert event.native_id and event.target and event.actor.stable_id
                assert event.at is None or event.at.tzinfo
            case Unreacted() | Vanished():
                assert event.native_id
            case Known():
                assert event.who.stable_id


@every_arrival
def test_what_is_marked_in_a_text_lies_inside_it(kind, path):
    for event in adapter_for(kind).read(raw(path)):
        for facet in getattr(event, "facets", ()):
            assert 0 <= facet.start < facet.end <= len(event.text)
            assert facet.value


@every_arrival
def test_half_an_arrival_is_malformed_and_nothing_worse(kind, path):
    body = path.read_bytes()
    for length in range(0, len(body), max(1, len(body) // 20)):
        _try(kind, body[:length])


@every_adapter
@given(body=some.binary(max_size=300) | some.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
@example(body=b"null")
@example(body=b"[]")
@example(body=b'{"type": "said"}')
@example(body=b"[" * 100_000)
@settings(deadline=None, max_examples=40)
def test_whatever_comes_is_understood_or_malformed(kind, body):
    _try(kind, body)


def _try(kind: str, body: bytes) -> None:
    """Anything but events or `Malformed` fails."""
    with suppress(Malformed):
        assert all(isinstance(event, Event) for event in adapter_for(kind).read(Raw(key="some", body=body)))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if adapter_for(kind).can & (Can.POST | Can.REPLY)])
def test_every_thing_to_be_sent_has_a_name_of_its_own(kind):
    adapter = adapter_for(kind)
    connection = Connection(pk=1, kind=kind, stable_id="did:plc:abcdefghijklmnopqrstuvwx", handle="molino.test")

    assert len({adapter.choose_id(connection, "reply") for _ in range(200)}) == 200


@every_adapter
@given(text=texts)
@settings(deadline=None, max_examples=40)
def test_every_part_of_a_long_text_fits(kind, text):
    adapter = adapter_for(kind)
    length = adapter.limits.length

    assert all(0 < adapter.measure(part) <= (length or adapter.measure(part)) for part in adapter.split(text))


@every_adapter
@given(text=texts)
@settings(deadline=None, max_examples=40)
def test_splitting_loses_no_word(kind, text):
    kept = "".join("".join(adapter_for(kind).split(text)).split())

    assert graphemes(kept) >= graphemes("".join(text.split()))


@every_adapter
def test_a_short_text_stays_whole(kind):
    assert adapter_for(kind).split("Thank you, Carla.") == ["Thank you, Carla."]
