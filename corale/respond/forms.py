"""What people send us at the desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class GuidelineForm(forms.Form):
    """A new version of the guideline."""

    summary = forms.CharField(
        label=_("In short"),
        help_text=_("Two or three lines; they stand beside the composer while somebody writes."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(
        label=_("In full"),
        help_text=_("Markdown: # heading, - list, **strong**, [link](https://…)."),
        max_length=50_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
