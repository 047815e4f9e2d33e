"""A town that writes to a bakery: invented messages in two languages, as many as are wanted, always the same."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

_IT_WORDS = (
    "il la un una di che non per con sono è pane farina macchina caffè acqua quando aprite ordine pacco arrivato tardi "
    "buono ottimo grazie domani mattina negozio forno lievito grano integrale prezzo spedizione guarnizione perde "
    "perché dove posso comprare ricetta pizza focaccia biscotti regalo festa domenica telefono risposta problema"
)
_IT = _IT_WORDS.split()
_EN_WORDS = (
    "the a of that not for with is bread flour machine coffee water when do you open order parcel arrived late good "
    "great thanks tomorrow morning shop oven yeast wheat whole price shipping gasket leaks why where can I buy recipe "
    "pizza biscuits present party sunday phone answer problem loaf crust please help wonderful sorry"
)
_EN = _EN_WORDS.split()
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


def vocabulary(words: int = 40_000) -> tuple[list[str], list[float]]:
    """Common words first, then a long tail; the n-th is said in proportion to 1/n (Zipf)."""
    rare = [f"parola{number:x}" for number in range(words - len(_IT) - len(_EN))]
    mixed = [word for pair in zip(_IT, _EN, strict=False) for word in pair]
    every = mixed + [word for word in (*_IT, *_EN) if word not in set(mixed)] + rare
    return every, [1 / rank for rank in range(3, len(every) + 3)]


def messages(count: int, *, per_thread: int = 5, seed: int = 7) -> Iterator[dict[str, str]]:
    """Threads of `per_thread` messages on average, the second of which is ours in half of them."""
    chance = random.Random(seed)
    words, weights = vocabulary()
    said = iter(chance.choices(words, weights, k=400_000))
    at, number = _BEGIN, 0
    people = max(10, count // 12)
    while number < count:
        root = number
        asker = chance.randrange(people)
        for place in range(min(1 + chance.randrange(2 * per_thread - 1), count - number)):
            at += timedelta(seconds=chance.randrange(1, 40))
            text = []
            for _ in range(chance.randrange(6, 60)):
                word = next(said, None)
                if word is None:
                    said = iter(chance.choices(words, weights, k=400_000))
                    word = next(said)
                text.append(word)
            ours = place == 1 and root % 2 == 0
            line = {
                "id": f"msg-{number}", "at": at.isoformat(), "text": " ".join(text), "lang": "it" if root % 3 else "en",
                "author": "molino" if ours else f"person-{asker}", "author_name": "" if ours else f"Persona {asker}",
            }  # fmt: skip
            if place:
                line |= {"parent": f"msg-{number - 1}", "root": f"msg-{root}"}
            if ours:
                line["ours"] = "true"
            yield line
            number += 1


def lines(count: int, **more: int) -> Iterator[bytes]:
    """The same as lines of JSON."""
    for message in messages(count, **more):
        yield json.dumps(message, ensure_ascii=False).encode() + b"\n"
