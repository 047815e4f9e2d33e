"""What is easily misread: each either read rightly, or said to be not sure. No sentence here taught the model."""

from __future__ import annotations

from pathlib import Path

import pytest

import scripts.models
from corale.listen.reading.near import normal
from corale.listen.reading.reader import Reading, built_in


def read(text: str) -> Reading:
    return built_in().read([text])[0]


QUESTIONS = [
    "Buongiorno, quando arriva il nuovo modello?",
    "Do you also sell spare lids?",
    "Quanto costa la spedizione in Francia?",
]
COMPLAINTS = [
    "Ordine sbagliato per la terza volta, sono delusa",
    "The kettle stopped working after a week, terrible",
    "TRE ORE DI ATTESA E NESSUNO CHE RISPONDE",
    "perche la spedizione non arriva mai, e una vergogna",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_to_us_is_a_question_and_needs_an_answer(text: str) -> None:
    assert "question" in read(text).intents
    assert read(text).needs_answer


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_is_one_in_capitals_and_without_accents_too(text: str) -> None:
    assert "complaint" in read(text).intents
    assert read(text).sentiment == "negative"


def test_accents_left_out_change_little() -> None:
    with_them, without = read("Perché il caffè è così caro?"), read("Perche il caffe e cosi caro?")

    assert with_them.intents == without.intents
    assert with_them.language == without.language == "it"


@pytest.mark.parametrize(
    "text", ["Il servizio è ottimo ma il pacco è arrivato rotto", "Lovely staff but the parcel came broken"]
)
def test_praise_and_complaint_in_one_message_both_hold(text: str) -> None:
    assert {"praise", "complaint"} <= set(read(text).intents)


def test_irony_is_not_surely_praise() -> None:
    assert read("bravi, proprio così si fa!").chances["positive"] < 0.9


@pytest.mark.xfail(strict=True, reason="a limit, said in the model card: irony that only the world gives away")
def test_irony_by_what_happened_and_not_by_how_it_is_said() -> None:
    assert read("Ah perfetto, siamo di nuovo senza acqua, grazie davvero").sentiment != "positive"


@pytest.mark.xfail(strict=True, reason="a limit, said in the model card: a question without its sign or its word")
def test_a_question_that_nothing_marks() -> None:
    assert "question" in read("si puo pagare con il bancomat").intents


@pytest.mark.parametrize(
    "text", ["Molino apre domani un nuovo negozio a Genova", "RT @notizie: Molino presenta i conti dell'anno"]
)
def test_news_about_us_needs_no_answer(text: str) -> None:
    assert "announcement" in read(text).intents
    assert read(text).needs_answer is False


@pytest.mark.parametrize("text", ["😍😍", "🎉", "ok", "Ciao", "Sì", "..."])
def test_a_sign_or_a_word_claims_no_complaint_and_asks_for_nothing(text: str) -> None:
    assert not {"complaint", "help", "spam"} & set(read(text).intents)
    assert not read(text).needs_answer


@pytest.mark.parametrize("text", ["🎉🎉", "12345", "https://example.org/a"])
def test_without_words_there_is_no_language(text: str) -> None:
    assert read(text).language == ""


def test_two_languages_in_one_message_are_read_all_the_same() -> None:
    assert "question" in read("Ciao ragazzi, do you have il macinino in stock?").intents


def test_what_is_wanted_is_found_within_insults() -> None:
    assert "complaint" in read("siete degli idioti, il mio rimborso non è mai arrivato").intents


@pytest.mark.parametrize(
    ("text", "language"), [("Wann öffnen Sie morgen?", "de"), ("Où est ma commande, s'il vous plaît ?", "fr")]
)
def test_other_languages_are_recognised_and_nothing_else_is_claimed(text: str, language: str) -> None:
    assert read(text).language == language
    assert read(text).chances == {}


def test_the_words_that_weighed_are_words_of_the_message() -> None:
    said = read("Il pacco è arrivato rotto, che delusione")

    assert "rotto" in said.why["complaint"] or "delusione" in said.why["complaint"]
    assert set(said.why["complaint"]) <= {"il", "pacco", "è", "arrivato", "rotto", "che", "delusione"}


def test_no_sentence_of_these_tests_taught_the_model() -> None:
    seeds = Path(scripts.models.__file__).parent / "seeds"
    taught = {normal(line) for file in seeds.glob("*.txt") for line in file.read_text(encoding="utf-8").splitlines()}

    assert not {normal(text) for text in (*QUESTIONS, *COMPLAINTS)} & taught
