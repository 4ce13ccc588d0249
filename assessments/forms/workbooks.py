"""Working workbooks: whose to make, which file came back, what to take of it."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from assessments.forms.fields import LongTextField
from assessments.forms.govuk import GovukForm
from assessments.imports.word.package import MAX_BYTES
from assessments.models import User
from assessments.workbooks.merging import LEAVE, TAKE, TOGETHER, Change

EVERYBODY = "everybody"


class WhoseForm(GovukForm):
    """`people`: those whose questions it may hold. `everybody`: whether it may hold all."""

    whose = forms.ChoiceField(
        label="Whose questions?",
        error_messages={
            "required": "Choose whose questions",
            "invalid_choice": "That person can’t answer questions here: choose another",
        },
    )
    button = "Download the workbook"

    def __init__(
        self, people: Iterable[User], data: QueryDict | None = None, *, everybody: bool
    ) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)
        names = [(key, str(person)) for key, person in self.people.items()]
        field.choices = [(EVERYBODY, "Everybody’s: all questions")] * everybody + names

    def shape(self) -> Sequence[Any]:
        return [Field.select("whose", field_width=Fluid.TWO_THIRDS)]

    @property
    def person(self) -> User | None:
        """None: everybody."""
        return self.people.get(self.cleaned_data["whose"])


class ReturnForm(GovukForm):
    workbook = forms.FileField(
        label="The workbook that came back",
        help_text="An Excel workbook (.xlsx) of up to 20 MB",
        error_messages={
            "required": "Choose the workbook",
            "empty": "The workbook is an empty file",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    button = "Read the workbook"

    def __init__(
        self, data: QueryDict | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files)

    def clean_workbook(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["workbook"]
        if (upload.size or 0) > MAX_BYTES:
            raise ValidationError("The workbook must be smaller than 20 MB")
        return upload


class DecideForm(GovukForm):
    """What to do with one change. `stood` tells what the page showed as saved."""

    choice = forms.ChoiceField(
        label="What should stand?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what should stand"},
    )
    text = LongTextField(
        label="Both texts, for you to edit into one",
        help_text="Where you choose “Write both together”",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    stood = forms.CharField(widget=forms.HiddenInput)
    button = "Save and go to the next"

    def __init__(self, change: Change, data: QueryDict | None) -> None:
        self.change = change
        super().__init__(data, initial=values_of(change))
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices_of(change)
        if not change.can_be_joined:
            del self.fields["text"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("stood") != stamp(self.change):
            raise ValidationError("Somebody has saved this meanwhile: look at it again")
        if typed.get("choice") == TOGETHER and not typed.get("text"):
            self.add_error("text", "Write what should stand")
        return typed


def values_of(change: Change) -> dict[str, Any]:
    both = "\n\n".join(filter(None, [change.stands, change.said.value]))
    return {
        "choice": change.choice or (TAKE if change.is_taken else None),
        "text": change.decided.text or both,
        "version": change.decided.version,
        "stood": stamp(change),
    }


def choices_of(change: Change) -> list[tuple[str, str]]:
    take = "Add it" if change.is_new else "Take what the workbook says"
    leave = "Leave it out" if change.is_new else "Keep what is saved"
    offered = [(TAKE, take)] * change.can_be_taken + [(LEAVE, leave)]
    return offered + [(TOGETHER, "Write both together")] * change.can_be_joined


def stamp(change: Change) -> str:
    return hashlib.sha256(change.stands.encode()).hexdigest()[:16]
