"""What people send us about themes, decisions and outcomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corale.conversations.models import Message
from corale.improve.models import Decision, Outcome, Theme
from corale.people.models import Person

LANGUAGES = ("it", "en")


class ThemeForm(forms.Form):
    """A name, and what it is about."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As people say it, in a few words."))
    description = forms.CharField(
        label=_("What it is about"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class DecisionForm(forms.Form):
    """What was decided, by whom, why, and on whose words."""

    kind = forms.ChoiceField(label=_("Answer"), choices=Decision.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("What was decided"), max_length=160, help_text=_("In one line."))
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Those who asked will read it. A no with a reason is an answer, too."),
    )
    decided_by = forms.ModelChoiceField(label=_("Who decided"), queryset=Person.objects.none())
    due_on = forms.DateField(
        label=_("To be done by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For a yes or a later. The first date is kept, even when it is postponed."),
    )
    evidence = forms.ModelMultipleChoiceField(queryset=Message.objects.none(), required=False)
    without_evidence = forms.CharField(label=_("Why it rests on nobody's words"), required=False, max_length=300)

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].queryset = Person.objects.colleagues().order_by("name")  # type: ignore[attr-defined]
        voices = theme.voices.filter(removed_at=None).values("message")
        self.fields["evidence"].queryset = Message.objects.filter(pk__in=voices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "evidence" in cleaned and not cleaned["evidence"] and not cleaned.get("without_evidence", "").strip():
            self.add_error("evidence", _("Choose the words it rests on, or say why there are none."))
        if cleaned.get("kind") == Decision.Kind.NO:
            cleaned["due_on"] = None
        elif (day := cleaned.get("due_on")) and day < timezone.localdate():
            self.add_error("due_on", _("That day is over."))
        return cleaned


class DayForm(forms.Form):
    """Another day by which it is to be done."""

    due_on = forms.DateField(
        label=_("To be done by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_due_on(self) -> Any:
        if (day := self.cleaned_data["due_on"]) < timezone.localdate():
            raise forms.ValidationError(_("That day is over."))
        return day


class OutcomeForm(forms.Form):
    """What came of it, and what is told to those who asked, in each language they may have asked in."""

    kind = forms.ChoiceField(label=_("What came of it"), choices=Outcome.Kind.choices, widget=forms.RadioSelect)
    text_it = forms.CharField(
        label=_("In Italian"), required=False, widget=forms.Textarea(attrs={"rows": 5, "lang": "it"})
    )
    text_en = forms.CharField(
        label=_("In English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "en"}),
        help_text=_(
            "{name}, {decision} and {reason} are filled in for each person. You will see each message before it goes."
        ),
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kind": "declined" if decision.kind == Decision.Kind.NO else "done"})
        for language in LANGUAGES:
            kwargs["initial"].setdefault(f"text_{language}", suggested(decision, language))
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"text_{language}", "").strip() for language in LANGUAGES):
            self.add_error("text_en", _("Write it in at least one language."))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        """By language."""
        return {language: self.cleaned_data[f"text_{language}"] for language in LANGUAGES}


def suggested(decision: Decision, language: str) -> str:
    """A beginning, so that nobody faces an empty field."""
    with translation.override(language):
        if decision.kind == Decision.Kind.NO:
            return gettext(
                "{name}, you wrote to us about this. We have decided not to do it, and this is why: {reason}"
            )
        return gettext("{name}, you asked for it, and it is done: {decision}. Thank you for telling us.")


class GatherForm(forms.Form):
    """A theme that is there, or the name of a new one."""

    theme = forms.ModelChoiceField(queryset=Theme.objects.filter(archived_at=None), required=False)
    name = forms.CharField(max_length=120, required=False, label=_("A new theme"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("theme") and not cleaned.get("name", "").strip():
            raise forms.ValidationError(_("Choose a theme, or name a new one."))
        return cleaned
