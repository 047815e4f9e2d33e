"""What the things that can be read are called on a page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTIMENTS: dict[str, Any] = {"negative": _("Negative"), "neutral": _("Neutral"), "positive": _("Positive")}
INTENTS: dict[str, Any] = {
    "question": _("Question"),
    "help": _("Request for help"),
    "complaint": _("Complaint"),
    "praise": _("Praise"),
    "idea": _("Idea"),
    "thanks": _("Thanks"),
    "announcement": _("Announcement"),
    "spam": _("Reads like spam"),
}
OTHERS: dict[str, Any] = {"needs_answer": _("Needs an answer")}
NAMES: dict[str, Any] = SENTIMENTS | INTENTS | OTHERS
LANGUAGES: dict[str, Any] = {
    "it": _("Italian"), "en": _("English"), "es": _("Spanish"), "fr": _("French"), "de": _("German"),
    "pt": _("Portuguese"), "nl": _("Dutch"), "ro": _("Romanian"),
}  # fmt: skip
