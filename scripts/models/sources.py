"""Public data with a licence that lets us publish what was trained on them, each read as examples.

What is known of a text is only what its own labels say: a head that they do not speak of stays unknown.
"""

from __future__ import annotations

from pathlib import Path

from scripts.models.data import Example, table

_EMOTION = {
    "joy": "positive", "trust": "positive", "anger": "negative", "disgust": "negative", "sadness": "negative",
    "fear": "negative",
}  # fmt: skip
_GOOD = frozenset("admiration amusement approval caring excitement gratitude joy love optimism pride relief".split())  # noqa: SIM905
_BAD = frozenset("anger annoyance disappointment disapproval disgust embarrassment fear grief remorse sadness".split())  # noqa: SIM905


def subtitles(root: Path, language: str, weight: float) -> list[Example]:
    """XED (Öhman and others 2020), CC BY 4.0: emotions of film subtitles."""
    found = []
    for row in table(root / "permissive/xed-emotions" / f"{language}.tsv"):
        moods = {_EMOTION[each] for each in row["emotions"].split(",")[:4] if each in _EMOTION}
        if len(moods) == 1 and row["emotions"].count(",") < 3:
            found.append(Example(row["text"], language, {"spam": 0}, moods.pop(), weight, "xed"))
    return found


def comments(root: Path, weight: float) -> list[Example]:
    """GoEmotions (Demszky and others 2020), CC BY 4.0."""
    found = []
    for row in table(root / "permissive/goemotions-en/train.tsv"):
        felt = set(row["emotions"].split(","))
        good, bad = bool(felt & _GOOD), bool(felt & _BAD)
        mood = "" if good and bad else "positive" if good else "negative" if bad else "neutral"
        if felt & {"surprise", "realization", "confusion", "curiosity", "desire", "nervousness"} and not (good or bad):
            mood = ""
        heads = {"thanks": int("gratitude" in felt), "praise": int("admiration" in felt), "spam": 0}
        if not bad:
            heads["complaint"] = 0
        found.append(Example(row["text"], "en", heads, mood, weight, "goemotions"))
    return found


def speech_acts(root: Path, weight: float) -> list[Example]:
    """Tweet acts (Saha and others), BSD 2-Clause: questions and suggestions."""
    rows = table(root / "permissive/tweetact-en/dev.tsv")
    found = []
    for row in rows:
        if row["act"] != "REQ":
            heads = {"question": int(row["act"] == "QUE"), "idea": int(row["act"] == "SUG")}
            found.append(Example(row["text"], "en", heads, "", weight, "acts"))
    return found


def bank(root: Path, weight: float) -> list[Example]:
    """BANKING77 (Casanueva and others 2020), CC BY 4.0: customers who want something from their bank."""
    heads = {"needs_answer": 1, "spam": 0, "thanks": 0, "announcement": 0, "praise": 0}
    rows = list(table(root / "permissive/banking77-en/train.tsv"))
    return [Example(row["text"], "en", dict(heads), "", weight, "bank") for row in rows[::4]]


def sms(root: Path, weight: float) -> list[Example]:
    """SMS Spam Collection (Almeida and Hidalgo), CC BY 4.0."""
    rows = table(root / "permissive/sms-spam-en/dev.tsv")
    return [Example(row["text"], "en", {"spam": int(row["label"] == "spam")}, "", weight, "sms") for row in rows]


def lines_by_language(root: Path) -> list[tuple[str, str]]:
    """Sentences, pairs and words of lingua (Apache-2.0), and subtitles of XED: text and language."""
    found = []
    for name in ("sentences", "word-pairs", "single-words"):
        found += [(row["text"], row["lang"]) for row in table(root / "permissive/langid" / f"{name}.tsv")]
    for language in ("it", "en", "es", "fr", "de", "pt"):
        rows = table(root / "permissive/xed-emotions" / f"{language}.tsv")
        found += [(row["text"], language) for row in rows][:5000]
    for row in table(root / "permissive/goemotions-en/dev.tsv"):
        found.append((row["text"], "en"))
    return found
