"""What people send us about saved queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corale.channels.models import Connection
from corale.channels.registry import adapter_for
from corale.listen.matching.wanted import one_word
from corale.listen.models import Query
from corale.listen.names import LANGUAGES

_LONGEST = 4000


def _words(label: Any, help_text: Any = "", rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto", "autocapitalize": "none", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=_LONGEST, widget=area)


class QueryForm(forms.Form):
    """A name, and what is wanted; at least a word, an author or a site."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As you would call what you listen for."))
    required = _words(
        _("All of these"),
        _("Words and “exact phrases”; beginn* finds every word that begins so. Case and accents do not matter."),
    )
    either = _words(_("One of these"), _("The same, separated by spaces, commas or lines."))
    excluded = _words(_("None of these"), rows=1)
    near_first = forms.CharField(label=_("This word"), required=False, max_length=100)
    near_within = forms.IntegerField(
        label=_("within so many words"), min_value=1, max_value=50, initial=5, required=False
    )
    near_second = forms.CharField(label=_("of this one"), required=False, max_length=100)
    authors = _words(_("Written by"), _("Handles, one or several: anna.example, @carla@social.example."), rows=1)
    sites = _words(_("With a link to"), _("Sites: molino.example also finds shop.molino.example."), rows=1)
    languages = forms.MultipleChoiceField(
        label=_("Language"), choices=list(LANGUAGES.items()), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any. As its author says, else as it reads; where neither is sure, it is left out."),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=_("Channel"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None chosen: any.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, query: Query | None = None) -> None:
        initial = {name: getattr(query, name) for name in self.base_fields} if query else None
        super().__init__(data, initial=initial)
        kinds = Connection.objects.order_by("kind").values_list("kind", flat=True).distinct()
        choices = [(kind, adapter_for(kind).name) for kind in kinds]
        self.fields["channels"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["near_within"] = cleaned.get("near_within") or 5
        self._check_near(cleaned)
        if not self.errors and not Query(**cleaned).wanted.says_something:
            raise forms.ValidationError(
                _("Say at least a word, an author or a site: a language or a channel alone is everything said there.")
            )
        return cleaned

    def _check_near(self, cleaned: dict[str, Any]) -> None:
        first, second = cleaned.get("near_first", ""), cleaned.get("near_second", "")
        if bool(first) != bool(second):
            self.add_error("near_second", _("Two words are needed to be near each other."))
        elif first and (not one_word(first) or not one_word(second) or one_word(first) == one_word(second)):
            self.add_error("near_second", _("Two different words, one in each field."))
