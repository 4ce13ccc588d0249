"""Uploading a document, and choosing where a row of it goes."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from assessments.forms.cycles import PositionForm, offer_scales, scale_field
from assessments.forms.govuk import GovukForm
from assessments.imports.word.package import MAX_BYTES, OLD_WORD
from assessments.imports.word.places import Place
from benchmarks.models import RatingScale, Toolkit

TRAY = "tray"
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]


class UploadForm(GovukForm):
    document = forms.FileField(
        label="Your completed toolkit",
        help_text="A Word document (.docx) of up to 20 MB",
        error_messages={
            "required": "Choose your Word document",
            "empty": "The document is an empty file",
        },
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    scale = scale_field()
    button = "Read the document"

    def __init__(
        self,
        toolkits: Iterable[Toolkit],
        data: QueryDict | None,
        files: MultiValueDict[str, Any] | None,
        *,
        usual: RatingScale | None,
    ) -> None:
        super().__init__(data, files, initial={"scale": usual.pk if usual else None})
        self.scales = offer_scales(self, toolkits)

    def clean_scale(self) -> RatingScale:
        return self.scales[self.cleaned_data["scale"]]

    def clean_document(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["document"]
        if (upload.size or 0) > MAX_BYTES:
            raise ValidationError("The document must be smaller than 20 MB")
        if (upload.name or "").lower().endswith(".doc"):
            raise ValidationError(OLD_WORD)
        return upload


class PlaceForm(GovukForm):
    """`groups` of places an edition has; the tray comes first."""

    place = forms.ChoiceField(
        label="Where does it go?",
        error_messages={
            "required": "Choose where it goes",
            "invalid_choice": "Choose one of these places",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    button = "Save and go to the next"

    def __init__(self, groups: Groups, data: QueryDict | None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(TRAY, "Nowhere: keep it in the tray"), *groups]

    def shape(self) -> Sequence[Any]:
        return [Field.select("place", css_class=f"govuk-input--width-{Fluid.FULL}"), "version"]

    def clean_place(self) -> Place | None:
        chosen = self.cleaned_data["place"]
        return None if chosen == TRAY else Place.read(chosen)


class ConfirmForm(PositionForm):
    button = "Make the cycle"
