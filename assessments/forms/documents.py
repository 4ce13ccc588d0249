"""An evidence document."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from assessments.forms.govuk import DateField
from assessments.forms.kept import KeptForm
from assessments.models import Sensitivity
from assessments.services.documents import DocumentInput

WRONG_ADDRESS = (
    "Enter a web address such as https://www.example.org/plan. Put anything else under reference"
)


class DocumentForm(KeptForm):
    title = forms.CharField(
        label="Title of the document",
        max_length=300,
        error_messages={"required": "Enter the title of the document"},
    )
    url = forms.CharField(
        label="Web address",
        help_text="Where there is one",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        validators=[URLValidator(schemes=["http", "https"], message=WRONG_ADDRESS)],
    )
    reference = forms.CharField(
        label="Reference",
        help_text="Where else to find it, for example a file number or a folder",
        required=False,
        max_length=300,
    )
    dated_on = DateField(
        "the date of the document",
        label="Date of the document",
        help_text="For example, 1 9 2025",
        required=False,
    )
    review_on = DateField(
        "the review date",
        label="Next review",
        help_text="When it has to be looked at again",
        required=False,
    )
    sensitivity = forms.ChoiceField(label="Who may read it", choices=Sensitivity.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_review_on(self) -> datetime.date | None:
        review_on: datetime.date | None = self.cleaned_data["review_on"]
        dated_on = self.cleaned_data.get("dated_on")
        if review_on and dated_on and review_on < dated_on:
            raise ValidationError("The review date must be after the date of the document")
        return review_on

    @property
    def input(self) -> DocumentInput:
        names = ("title", "url", "reference", "dated_on", "review_on", "sensitivity")
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return DocumentInput(**values)
