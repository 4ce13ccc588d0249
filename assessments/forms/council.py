"""A council's name, address, logo and colour."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify

from assessments.colours import READABLE, contrast, parse_colour, readable_shade
from assessments.forms.fields import LongTextField
from assessments.forms.govuk import GovukForm
from assessments.logos import NotALogo, clean_logo
from assessments.models import Council
from assessments.services.councils import IdentityInput, SettingsInput


def name_field() -> forms.CharField:
    return forms.CharField(
        label="Name of the council",
        max_length=200,
        help_text="As it heads every page and document, for example Northmere Borough Council",
        error_messages={"required": "Enter the name of the council"},
    )


class AddCouncilForm(GovukForm):
    name = name_field()
    slug = forms.SlugField(
        label="Short name in web addresses (optional)",
        required=False,
        help_text="Small letters, figures and hyphens, for example northmere. It can’t be "
        "changed later. Leave it empty to make one from the name.",
        error_messages={
            "invalid": "The short name may hold only letters, figures, hyphens and underscores"
        },
    )
    button = "Add the council"

    def shape(self) -> Sequence[Any]:
        return [
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Field.text("slug", field_width=Fluid.ONE_THIRD),
        ]

    def clean(self) -> dict[str, Any]:
        slug = self.cleaned_data.get("slug") or slugify(self.cleaned_data.get("name", ""))[:50]
        if "slug" in self.errors or "name" in self.errors:
            return self.cleaned_data
        if not slug:
            raise ValidationError({"slug": "Enter a short name for web addresses"})
        return {**self.cleaned_data, "slug": slug.lower()}


class SettingsForm(GovukForm):
    """A page of a council's settings, with the version that it was opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    input_class: type[SettingsInput]

    def __init__(
        self,
        council: Council,
        data: QueryDict | None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        names = ["version", *self.input_names()]
        super().__init__(data, files, initial={name: getattr(council, name) for name in names})

    @classmethod
    def input_names(cls) -> list[str]:
        return [each.name for each in fields(cls.input_class)]

    @property
    def input(self) -> SettingsInput:
        return self.input_class(**{name: self.cleaned_data[name] for name in self.input_names()})

    @property
    def labels(self) -> dict[str, str]:
        """What a person calls each of the settings."""
        return {
            name: str(self.fields[name].label).removesuffix(" (optional)")
            for name in self.input_names()
        }

    @property
    def opened_at(self) -> int:
        return self.cleaned_data["version"] or 0


class IdentityForm(SettingsForm):
    name = name_field()
    address = LongTextField(
        500,
        label="Postal address (optional)",
        help_text="One line below the other, as on your letterhead",
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        strip=True,
    )
    formats_contact = forms.CharField(
        label="Whom to ask for another format (optional)",
        required=False,
        max_length=200,
        help_text="For somebody who needs a report in large print, Easy Read, audio or braille: "
        "a post or a team, with an e-mail address or a phone number",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    accent_colour = forms.CharField(
        label="Accent colour",
        max_length=20,
        help_text="The bar at the top of every page, with white words on it, and the lines in "
        "documents. Enter the code from your brand guidelines, for example #12436d",
        error_messages={"required": "Enter a colour, for example #12436d"},
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    logo = forms.FileField(
        label="Logo (optional)",
        required=False,
        help_text="A PNG, JPEG or WebP picture smaller than 2 MB",
        error_messages={"empty": "The logo is an empty file"},
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    remove_logo = forms.BooleanField(label="Remove the logo", required=False)
    input_class = IdentityInput

    def __init__(
        self, council: Council, data: QueryDict | None, files: MultiValueDict[str, Any] | None
    ) -> None:
        super().__init__(council, data, files)
        if not council.logo:
            del self.fields["remove_logo"]

    def shape(self) -> Sequence[Any]:
        shown = [
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Field.textarea("address", rows=4),
            Field.text("formats_contact"),
            Field.text("accent_colour", field_width=10),
            "logo",
        ]
        return [*shown, *(["remove_logo"] if "remove_logo" in self.fields else []), "version"]

    @property
    def changes_logo(self) -> bool:
        return bool(self.cleaned_data["logo"] or self.cleaned_data.get("remove_logo"))

    def clean_accent_colour(self) -> str:
        try:
            colour = parse_colour(self.cleaned_data["accent_colour"])
        except ValueError:
            raise ValidationError(
                "Enter a colour as # and six figures or letters from a to f"
            ) from None
        if contrast(colour) < READABLE:
            raise ValidationError(
                f"White words can’t be read on {colour}: the contrast is {contrast(colour):.1f} "
                f"to 1 and must be at least {READABLE} to 1. {readable_shade(colour)} is the "
                "nearest darker shade that works"
            )
        return colour

    def clean_logo(self) -> bytes | None:
        upload = self.cleaned_data["logo"]
        if upload is None:
            return None
        try:
            return clean_logo(upload)
        except NotALogo as problem:
            raise ValidationError(str(problem)) from problem
