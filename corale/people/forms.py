"""What colleagues say about themselves and about others."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from corale.people.models import Affiliation, Person

KINDS = [("", _("Not said")), (Affiliation.Kind.CUSTOMER, _("Customer")), (Affiliation.Kind.SUPPLIER, _("Supplier"))]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """Your byline, what to ask you about, and how you like your pages."""

    theme = forms.ChoiceField(
        label=_("Appearance"),
        choices=[("auto", _("As this device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
        help_text=_("On this screen."),
    )
    keys = forms.BooleanField(label=_("Single-letter keys"), required=False, help_text=_("Press ? to see them all."))

    class Meta:
        model = Person
        fields = ["name", "title", "ask_me_about", "language", "time_zone"]
        labels = {
            "name": _("Name"),
            "title": _("What you do"),
            "ask_me_about": _("Ask me about"),
            "language": _("Language"),
            "time_zone": _("Time zone"),
        }
        help_texts = {
            "name": _("It stands under every answer you give."),
            "title": "",
            "ask_me_about": _("So that colleagues find you."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in zones]
        )


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """What colleagues know of somebody outside."""

    kind = forms.ChoiceField(label=_("What they are to us"), choices=KINDS, required=False)

    class Meta:
        model = Person
        fields = ["name", "language", "about"]
        labels = {"name": _("Name"), "language": _("Language"), "about": _("Note")}
        help_texts = {"about": _("Only colleagues see this.")}
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), required=False, choices=[("", _("Not known")), *settings.LANGUAGES]
        )
