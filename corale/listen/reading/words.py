"""A text to tokens, and the features of each: words and pairs of words, and pieces of two to five letters.

Deterministic everywhere: features are numbered by CRC-32. Accents and case are folded for the reading ("perche" is
"perché", and shouting is noted once for the whole message), and kept for telling languages apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

import regex

LONGEST = 3000  # characters that are read: the first two thirds and the end of what is longer
MOST_TOKENS = 500
TELLING = 40  # words that tell the language
_LINK = regex.compile(r"(?:https?://|www\.)\S+|\bhttp\b")
_MENTION = regex.compile(r"@[\w.\-]+(?:@[\w.\-]+)?")
_ADDRESS = regex.compile(r"[\w.+\-]+@[\w\-]+\.[\w.\-]+")
_THRICE = re.compile(r"(.)\1\1")  # an eighth of the time of the next, and in most texts there is none
_REPEAT = regex.compile(r"(\p{L})\1{2,}")
_TOKEN = regex.compile(
    r"\p{L}[\p{L}\p{M}]*|\p{N}+|[?!]+|\.{2,}|…|[€$£%]|[:;=]-?[)(DPpo/|\[\]]|<3|\p{Emoji_Presentation}|\p{So}"
)
_LETTERS = regex.compile(r"\p{L}+")
NEGATIONS = frozenset(
    """non no mai senza nessun nessuno nessuna niente nulla neanche nemmeno not never nobody nothing without cannot t
    kein keine nicht nie pas jamais rien sans nunca nada sin nao sem""".split()  # noqa: SIM905
)
_REACH = 3  # words after a negation that it turns round
LINK, MENTION, NUMBER = "\x02link", "\x02who", "\x02num"


def shortened(text: str) -> str:
    """The beginning and the end of a long text: people ask at the end of a letter."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST * 2 // 3]} {text[-LONGEST // 3 :]}"


def plain(text: str) -> str:
    """Without what tells nothing about a language: links, handles, addresses; long cries cut to two letters."""
    text = unicodedata.normalize("NFC", shortened(text))
    text = _ADDRESS.sub(f" {LINK} ", _LINK.sub(f" {LINK} ", text))
    text = _MENTION.sub(f" {MENTION} ", text)
    return _REPEAT.sub(r"\1\1", text) if _THRICE.search(text) else text


def tokens(text: str) -> list[str]:
    """Words in small letters, punctuation that says something, emoji; at most `MOST_TOKENS`."""
    found = _TOKEN.findall(plain(text).replace(LINK, "").replace(MENTION, "").lower())
    return [_mark(token) for token in found[:MOST_TOKENS]]


def _mark(token: str) -> str:
    if token[0] in "?!":
        return "?!" if "?" in token and "!" in token else token[0] * min(len(token), 2)
    return NUMBER if token[0].isnumeric() else token


@lru_cache(maxsize=20_000)
def folded(token: str) -> str:
    """Without accents."""
    if token.isascii():
        return token
    apart = unicodedata.normalize("NFKD", token)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)) or token


def is_word(token: str) -> bool:
    return token[0].isalpha()


def pieces(token: str) -> Iterator[int]:
    """The numbers of all pieces of two to five letters of a word and its edges."""
    padded = f" {token} ".encode()
    for size in range(2, 6):
        for start in range(max(len(padded) - size + 1, 1)):
            yield crc32(padded[start : start + size])


def number(feature: str) -> int:
    """The number of one feature made of whole words."""
    return crc32(feature.encode())


def turned(words: list[str]) -> list[str]:
    """Each word, marked where a negation stands shortly before it."""
    marked, left = [], 0
    for word in words:
        marked.append(f"¬{word}" if left and is_word(word) else word)
        left = _REACH if word in NEGATIONS else max(left - 1, 0) if is_word(word) else 0
    return marked


def surface(text: str, words: list[str]) -> list[str]:
    """What is seen before reading: links, handles, capitals, length, whether it ends with a question mark."""
    marks = []
    letters = _LETTERS.findall(text[:LONGEST])
    count = sum(map(len, letters))
    shouted = sum(len(part) for part in letters if part.isupper() and len(part) > 1)
    if _LINK.search(text):
        marks.append("\x03link")
    if _MENTION.search(text):
        marks.append("\x03who")
    if "?" in text:
        marks.append("\x03ask")
        if text.rstrip().endswith("?"):
            marks.append("\x03ends asking")
    if text.startswith("RT "):
        marks.append("\x03passed on")
    if count >= 8 and shouted * 2 > count:
        marks.append("\x03shouted")
    if not count:
        marks.append("\x03no letters")
    marks.append(f"\x03length {min(len(words).bit_length(), 7)}")
    return marks
