"""What a person who connects an account is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from corale.channels.contract import Adapter


class ConnectForm(forms.Form):
    """The fields that the channel's adapter asks for, and the language in which this account mostly writes."""

    def __init__(self, adapter: Adapter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in adapter.connect_fields:
            widget = forms.PasswordInput if asked.secret else forms.TextInput
            self.fields[asked.name] = forms.CharField(
                label=_t(asked.label) if asked.label else asked.name,
                help_text=_t(asked.help) if asked.help else "",
                initial=asked.initial,
                strip=True,
                max_length=500,
                widget=widget(
                    attrs={"placeholder": asked.placeholder, "autocomplete": "off", "autocapitalize": "none"}
                ),
            )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language it mostly writes in"), choices=settings.LANGUAGES, required=False
        )
