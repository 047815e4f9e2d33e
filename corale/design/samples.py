"""Made-up people and words for the pages that show the components. Nobody here exists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As people know it."))
    email = forms.EmailField(label=_("E-mail"))
    channel = forms.ChoiceField(label=_("Channel"), choices=[("bluesky", "Bluesky"), ("email", _("E-mail"))])
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    agree = forms.BooleanField(label=_("Tell each person who asked"), required=False)
    kind = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("later", _("Later")), ("no", _("No, because"))],
    )


def components() -> dict[str, Any]:
    """What the page of components shows."""
    sent = SampleForm({"name": "", "email": "carla", "channel": "bluesky", "reason": "", "kind": "later"})
    sent.is_valid()
    now = timezone.now()
    return {
        "form": SampleForm(initial={"kind": "yes"}),
        "refused": sent,
        "moments": [
            now,
            now - timedelta(minutes=7),
            now - timedelta(hours=5),
            now - timedelta(days=3),
            now - timedelta(days=90),
        ],
        "themes": ["light", "dark"],
        "names": [
            "Carla Bianchi",
            "Nadia Haddad",
            "Giulia Ferri",
            "Marco Sala",
            "Ines Duarte",
            "Tomás Vega",
            "Łucja Nowak",
            "Bruno Costa",
        ],
        "now": now,
    }


def desk() -> dict[str, Any]:
    """What the sample of the desk shows."""
    now = timezone.now()
    return {
        "now": now,
        "minutes_7": now - timedelta(minutes=7),
        "hours_2": now - timedelta(hours=2),
        "days_2": now - timedelta(days=2),
        "rows": [{"moment": now - timedelta(minutes=7 * 3**index), **row} for index, row in enumerate(ROWS)],
    }


ROWS: list[dict[str, Any]] = [
    {
        "name": "Carla Bianchi",
        "channel": "bluesky",
        "words": "Grazie Anna. La mia è del lotto 29. Se il manico nuovo si può avere lo prendo volentieri.",
        "open": True,
        "unread": True,
        "labels": ["garanzia"],
        "assignee": "Bruno Costa",
        "due": "2 h",
        "count": 2,
    },
    {
        "name": "Tomás Vega",
        "channel": "bluesky",
        "words": "Three weeks and nobody has answered me about the grinder.",
        "unread": True,
        "late": "3 d",
        "count": 1,
    },
    {"name": "Nadia Haddad", "channel": "bluesky", "words": "Do you repair the older models too?", "writing": "Bruno"},
    {
        "name": "Giulia De Santis Martinelli",
        "channel": "bluesky",
        "words": "La risposta migliore che abbia ricevuto da un’azienda quest’anno.",
        "labels": ["grazie", "stampa"],
        "assignee": "Anna Ferri",
    },
    {"name": "Marco Sala", "channel": "email", "words": "Le spediamo la guarnizione lunedì.", "ours": True},
    {"name": "Ines Duarte", "channel": "bluesky", "words": "Could the lid be made of steel?", "snoozed": "9:00"},
    {"name": "Łucja Nowak", "channel": "bluesky", "words": "Dziękuję! Działa."},
]
