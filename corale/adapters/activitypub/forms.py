"""What colleagues say about their public profile, and administrators about the company's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.profiles import links_in
from corale.channels.actions.pictures import MAX_BYTES, NotAPicture, keep_picture
from corale.channels.models import StoredFile

LINKS = 4
SIDE = 400  # pixels: others show a profile's picture small
_address = URLValidator(schemes=["https", "http"])


class NameField(forms.CharField):
    """What stands before the @: chosen once, for good."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Name before the @"), max_length=30,
            help_text=_("Small letters, digits, dot, hyphen and underscore. It can never be changed or given again."),
            widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        name = str(super().clean(value)).strip().removeprefix("@").lower()
        if not own.is_possible(name):
            raise ValidationError(_("Other servers do not take this name."))
        if Actor.objects.filter(name=name).exists():
            raise ValidationError(_("Somebody here has or had this name."))
        return name


class PictureForm(forms.Form):
    """A picture, kept as soon as it is sent, so that looking at a preview does not lose it."""

    picture = forms.FileField(
        label=_("Picture"), required=False, help_text=_("Square is best. Where it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )  # fmt: skip
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_picture(self) -> StoredFile | None:
        """Drawn again, without what hides in it."""
        given = self.cleaned_data["picture"]
        if not isinstance(given, UploadedFile):
            return self._kept()
        if (given.size or 0) > MAX_BYTES:
            raise ValidationError(_("This picture is too large."))
        try:
            file = keep_picture(given.read(), side=SIDE)
        except NotAPicture as error:
            raise ValidationError(_("This is not a picture that can be shown.")) from error
        sent: Any = dict(self.data.items())
        self.data = sent | {"kept": signing.dumps(file.pk, salt="a picture of a profile")}
        return file

    def _kept(self) -> StoredFile | None:
        try:
            pk = signing.loads(self.data.get("kept", ""), salt="a picture of a profile", max_age=86400)
        except signing.BadSignature:
            return None
        return StoredFile.objects.filter(pk=pk).first()


class LinksForm(forms.Form):
    """Addresses elsewhere, with a word for each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, LINKS + 1):
            self.fields[f"label_{n}"] = forms.CharField(label=_("Label"), max_length=40, required=False)
            self.fields[f"address_{n}"] = forms.CharField(
                label=_("Address"), max_length=300, required=False, validators=[_address],
                widget=forms.URLInput(attrs={"placeholder": "https://"}),
            )  # fmt: skip

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Label and address side by side."""
        for n in range(1, LINKS + 1):
            yield self[f"label_{n}"], self[f"address_{n}"]

    @property
    def links(self) -> list[list[str]]:
        """As they are kept."""
        said = self.cleaned_data
        return links_in([(said[f"label_{n}"], said[f"address_{n}"]) for n in range(1, LINKS + 1)])

    @staticmethod
    def initial_of(links: list[list[str]]) -> dict[str, str]:
        """What stands in the fields at first."""
        pairs = list(enumerate(links[:LINKS], 1))
        return {f"label_{n}": label for n, (label, _) in pairs} | {f"address_{n}": at for n, (_, at) in pairs}


class ProfileForm(LinksForm, PictureForm):
    """A colleague's public profile: their name, role and subjects come from their profile here."""

    PLAIN: ClassVar[tuple[str, ...]] = (
        "summary", "shows_role", "shows_topics", "is_discoverable", "is_indexable", "approves_followers",
    )  # fmt: skip
    summary = forms.CharField(
        label=_("About you"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few sentences, in public. Links are found by themselves."),
    )  # fmt: skip
    shows_role = forms.BooleanField(label=_("Show what I do"), required=False)
    shows_topics = forms.BooleanField(label=_("Show what to ask me about"), required=False)
    is_discoverable = forms.BooleanField(
        label=_("List me among those whom one can ask"), required=False,
        help_text=_("On the company's public page, and where other servers suggest people."),
    )  # fmt: skip
    is_indexable = forms.BooleanField(
        label=_("Let search engines find my public words"), required=False
    )  # fmt: skip
    approves_followers = forms.BooleanField(label=_("I want to say yes to each follower"), required=False)

    field_order = ("name", "summary", "picture")

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["name"] = NameField()
            self.order_fields(self.field_order)

    @property
    def shown(self) -> dict[str, Any]:
        """For `profiles.show` and `profiles.change`: without a new picture, the old one stays."""
        said = {name: self.cleaned_data[name] for name in self.PLAIN} | {"links": self.links}
        picture = self.cleaned_data.get("picture")
        return said | ({"picture": picture} if picture is not None else {})


class CompanyForm(LinksForm, PictureForm):
    """The company on the fediverse, once it is there."""

    display_name = forms.CharField(label=_("Name"), max_length=100)
    summary = forms.CharField(
        label=_("What the company does"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_indexable = forms.BooleanField(label=_("Let search engines find its public words"), required=False)
    field_order = ("name", "display_name", "summary", "picture", "is_indexable")

    @property
    def shown(self) -> dict[str, Any]:
        """For `profiles.change`."""
        said = {name: self.cleaned_data[name] for name in ("display_name", "summary", "is_indexable")}
        picture = self.cleaned_data.get("picture")
        return said | {"links": self.links} | ({"picture": picture} if picture is not None else {})


class TurnOnForm(PictureForm):
    """Step two of turning the fediverse on."""

    name = NameField()
    display_name = forms.CharField(label=_("Name"), max_length=100, help_text=_("As people call the company."))
    summary = forms.CharField(
        label=_("What the company does"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = ("name", "display_name", "summary", "picture")

    def __init__(self, *args: Any, is_provisional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_provisional:
            self.fields["understood"] = forms.BooleanField(label=_("I only want to try it: this address will not last"))


class WhereForm(forms.Form):
    """An account on another server."""

    address = forms.CharField(
        label=_("Handle or address of that account"), max_length=500,
        widget=forms.TextInput(
            attrs={
                "placeholder": "@name@server.example", "autocapitalize": "none", "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )  # fmt: skip

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).strip()


class LeavingForm(forms.Form):
    """The last step of moving out."""

    understood = forms.BooleanField(label=_("I have read this, and want to move"))


class SuccessorForm(forms.Form):
    """Whom to ask instead of somebody who has left."""

    successor = forms.ModelChoiceField(
        label=_("Ask instead"), queryset=Actor.objects.none(), required=False, empty_label=_("The company")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        kwargs["prefix"] = str(actor.pk)
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)
        others = Actor.objects.filter(kind=Actor.Kind.PERSON, state=Actor.State.ACTIVE).exclude(pk=actor.pk)
        field.queryset = others.select_related("person").order_by("name")
        self.initial.setdefault("successor", actor.successor_id)
