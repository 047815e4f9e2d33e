"""What people send us when they come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from corale.accounts.models import Role, User
from corale.accounts.policies import is_administrator

ADVICE = _("Four or five words that do not belong together make a good one; a password manager makes a better one.")


class _Arrival(forms.Form):
    """Who somebody is, and the password they choose."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        help_text=_("People you answer will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    email_of_guest = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = " ".join(str(rule) for rule in password_validators_help_texts())
        self.fields["password"].help_text = format_lazy("{} {}", ADVICE, rules)

    def clean(self) -> dict[str, Any]:
        """The password is compared with the name and the address, which are easy to guess."""
        found = super().clean() or {}
        if password := found.get("password"):
            somebody = User(email=found.get("email") or self.email_of_guest)
            try:
                validate_password(password, somebody)
            except ValidationError as error:
                self.add_error("password", error)
        return found


class JoinForm(_Arrival):
    """An invited colleague: the address is the one that was invited."""

    field_order = ("name", "password", "language")


class FinishForm(_Arrival):
    """The first person says who they are."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    company = forms.CharField(
        label=_("Your company"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )

    field_order: tuple[str, ...] = ("name", "email", "password", "company", "language")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class FirstForm(FinishForm):
    """The same for an empty house, with the offer of a company to look at."""

    demo = forms.BooleanField(
        label=_("Load Molino, a demo company, to see Corale at work"),
        help_text=_("It is marked as a demo everywhere and goes away with one button."),
        required=False,
        initial=True,
    )

    field_order = ("name", "email", "password", "company", "language", "demo")


class InvitationForm(forms.Form):
    """A colleague to invite. Only an administrator invites another administrator."""

    name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.MEMBER)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [choice for choice in Role.choices if may_invite(by, choice[0])]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


def may_invite(user: User, role: str) -> bool:
    """Nobody gives away more than they have."""
    return role != Role.ADMINISTRATOR or is_administrator(user)
