"""What administrators and coordinators decide about servers and people elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.hosts import named
from corale.adapters.activitypub.rules import Rule
from corale.channels.contract import Said

STANCES = [
    ("open", _("Open: heard like everybody")),
    ("limited", _("Limited: whom we neither follow nor know waits in quarantine; followers wait for a yes")),
    ("blocked", _("Blocked: neither heard, nor fetched, nor delivered to; nobody there follows us")),
]


class RuleForm(forms.Form):
    """A rule for one server and all below it."""

    stance = forms.ChoiceField(label=_("What we hear from it"), choices=STANCES, widget=forms.RadioSelect)
    rejects_media = forms.BooleanField(
        label=_("Do not show its pictures and films"), required=False,
        help_text=_("Words still arrive. Also for faces; nothing of it is fetched."),
    )  # fmt: skip
    rejects_reports = forms.BooleanField(label=_("Do not listen to its reports"), required=False)
    public_comment = forms.CharField(
        label=_("Why, for everybody"), max_length=500, required=False,
        help_text=_("Goes into the list that you export."),
    )  # fmt: skip
    private_comment = forms.CharField(
        label=_("Why, among us"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_obfuscated = forms.BooleanField(
        label=_("Ask others not to show the whole name"), required=False,
        help_text=_("A wish in the exported list: whoever takes it hides part of the name."),
    )  # fmt: skip

    @property
    def rule(self) -> Rule:
        """What was decided."""
        return Rule(**{name: self.cleaned_data[name] for name in RuleForm.base_fields})


class NewRuleForm(RuleForm):
    """For a server that we may never have met."""

    host = forms.CharField(
        label=_("Server"), max_length=300, help_text=_("As in example.org. Its subdomains are meant too."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ("host",)

    def clean_host(self) -> str:
        host = named(self.cleaned_data["host"])
        if not host:
            raise ValidationError(_("This is no name of a server. Write it as in example.org."))
        if addresses.is_our_house(host):
            raise ValidationError(_("That is where we live ourselves."))
        return host


class ImportForm(forms.Form):
    """A file of rules."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV, as Mastodon and its relatives export it: domain_blocks.csv. At most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 2_000_000:
            raise ValidationError(_("This file is too large: at most 2 MB. Split it in two."))
        return file


class WordsForm(forms.Form):
    """A note, at most a page long."""

    note = forms.CharField(
        label=_("What came of it"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Among us: nobody elsewhere reads it."),
    )  # fmt: skip


class ComplaintForm(forms.Form):
    """To the moderators of another server."""

    said = forms.MultipleChoiceField(
        label=_("What they said"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose what the moderators shall look at. What was said to us alone is shown to them too."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What is wrong"), max_length=3_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The moderators of their server read it. It is sent in the name of our server, not in yours."),
    )  # fmt: skip

    def __init__(self, said: Sequence[Said], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["said"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(each.native_id, " ".join(each.text.split())[:200] or each.native_id) for each in said]
        if not said:
            del self.fields["said"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data.setdefault("said", [])
        return self.cleaned_data
