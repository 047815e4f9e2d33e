"""What is near, and what is not: each message stands with one that it is itself near to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.listen.near.folding import CROWDED, Folds, fold, sign
from corale.listen.near.signing import BANDS, likeness, pieces, placed, says_the_opposite, signed
from corale.listen.reading.near import normal

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATE = "Buongiorno, il forno che ho comprato da voi in ottobre fa scattare il contatore ogni volta che lo accendo"
words = st.lists(st.sampled_from("casa forno pane mulino sale vetro luce tappo".split()), min_size=1, max_size=40)  # noqa: SIM905


def folded(texts: Sequence[str], at: Sequence[datetime] = ()) -> list[int]:
    """The leader of each, by its place in the list; all in one batch."""
    said = [(number, text, at[number] if at else NOW) for number, text in enumerate(texts)]
    return list(fold(sign(said), {}, lambda wanted: {}).leaders.values())


def one_by_one(texts: Sequence[str]) -> Folds:
    """As they come in over time: what was kept is looked up."""
    kept, standing, every = dict[int, str](), dict[int, list[int]](), Folds()

    def words_of(wanted: Collection[int]) -> Mapping[int, str]:
        return {number: kept[number] for number in wanted}

    for number, text in enumerate(texts):
        folds = fold(sign([(number, text, NOW)]), standing, words_of)
        every.leaders |= folds.leaders
        every.bands += folds.bands
        kept[number] = normal(text)
    return every


@pytest.mark.parametrize(
    "again",
    [
        f"RT @molino: {LATE}",
        f"@molino {LATE} https://molino.test/1 🔥",
        LATE.upper(),
        LATE[:80] + "…",
        LATE.replace("ottobre ", ""),
        LATE.replace("forno", "fonro"),
    ],
)
def test_what_is_repeated_cut_or_mistyped_says_the_same(again: str) -> None:
    assert folded([LATE, again]) == [0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Il forno nuovo funziona bene da quando è arrivato", "Il forno nuovo non funziona bene da quando è arrivato"),
        ("funziona", "non funziona"),
        (LATE, "Buongiorno, il bollitore che ho preso da voi a maggio perde acqua dal fondo quando lo riempio"),
    ],
)
def test_the_opposite_and_another_thing_are_not_the_same(one: str, other: str) -> None:
    assert folded([one, other]) == [0, 1]


def test_the_same_words_long_after_are_another_conversation() -> None:
    assert folded([LATE, LATE, LATE], [NOW, NOW + timedelta(days=29), NOW + timedelta(days=90)]) == [0, 0, 2]


@given(words, st.integers(0, 10**10))
def test_a_text_is_signed_the_same_every_time_and_alone_or_among_others(said: list[str], moment: int) -> None:
    text = " ".join(said)
    alone, among = signed([pieces(text)])[0], signed([pieces("another text"), pieces(text)])[1]

    assert alone == among
    places = placed(alone, datetime.fromtimestamp(moment, UTC))
    assert len(set(places)) == 3 * BANDS
    assert all(0 <= place < 2**63 for place in places)


def test_what_was_kept_years_ago_is_found_by_whoever_signs_now() -> None:
    assert signed([pieces("la macchina perde acqua")])[0][:3] == [442710818857, 1878586662890, 3282023306681]


@given(words, words)
def test_likeness_asks_neither_who_was_first_nor_who_is_longer(left: list[str], right: list[str]) -> None:
    one, other = " ".join(left), " ".join(right)

    assert likeness(set(pieces(one)), set(pieces(other))) == likeness(set(pieces(other)), set(pieces(one)))
    assert likeness(set(pieces(one)), set(pieces(one))) == 1
    assert says_the_opposite(one, other) == says_the_opposite(other, one)


@given(st.lists(words, min_size=1, max_size=30))
def test_everybody_stands_with_one_that_they_are_near_to_themselves(many: list[list[str]]) -> None:
    texts = [" ".join(each) for each in many]
    leaders = folded(texts)

    assert all(leaders[leader] == leader for leader in leaders)
    assert all(likeness(set(pieces(texts[at])), set(pieces(texts[leader]))) > 0 for at, leader in enumerate(leaders))


@given(st.lists(words, min_size=1, max_size=20))
def test_it_is_the_same_in_one_batch_and_one_by_one(many: list[list[str]]) -> None:
    texts = [" ".join(each) for each in many]

    assert list(one_by_one(texts).leaders.values()) == folded(texts)


def test_a_chain_of_small_steps_is_not_one_heap() -> None:
    """Each is near to the one before; the last has nothing of the first."""
    steps = [" ".join(f"parola{number}" for number in range(at, at + 12)) for at in range(14)]

    assert folded(steps)[0] != folded(steps)[-1]
    assert len(set(folded(steps))) > 1


def test_a_place_where_everybody_stands_is_not_filled_further() -> None:
    endings = [f"{number * 7919:x}" * 9 for number in range(3 * CROWDED)]
    bands = one_by_one([f"Grazie mille {ending}" for ending in endings]).bands

    crowd = [sum(place == here for place, _ in bands) for here in {place for place, _ in bands}]
    assert max(crowd) <= CROWDED


@given(st.text(max_size=40))
def test_anything_written_can_be_signed(text: str) -> None:
    assert folded([text, text]) == [0, 0]
