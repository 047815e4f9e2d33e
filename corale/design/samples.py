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
    }
