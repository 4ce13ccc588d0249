"""Working workbooks: whose to make, which file came back, what to take of it."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from openpyxl.utils import get_column_letter

from assessments.forms.fields import LongTextField
from assessments.forms.govuk import GovukForm
from assessments.imports.office import MAX_BYTES
from assessments.imports.problems import shown
from assessments.imports.spreadsheet.cells import LAST_ROW
from assessments.imports.spreadsheet.grid import Grid
from assessments.imports.spreadsheet.plain import CONTENTS, PLACES, ROLES, guess
from assessments.models import Sensitivity, User
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
        help_text="An Excel workbook (.xlsx) of up to 20 MB, or any other spreadsheet with answers "
        "(.xlsx or .csv)",
        error_messages={
            "required": "Choose the workbook",
            "empty": "The workbook is an empty file",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
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


class ColumnsForm(GovukForm):
    """What each column of a sheet holds. One select for each column that holds anything."""

    heading = forms.IntegerField(
        label="Row of the headings",
        help_text="0 where there is none. Only the rows below it are read.",
        min_value=0,
        max_value=LAST_ROW,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "required"), "Enter the row of the headings, or 0"
        ),
    )
    readers = forms.ChoiceField(
        label="Who may read the texts that are added", choices=Sensitivity.choices
    )
    sheet = forms.IntegerField(widget=forms.HiddenInput)
    button = "Read the rows"

    def __init__(self, grid: Grid, sheet: int, data: QueryDict | None) -> None:
        found = guess(grid)
        by_column = {column: role for role, column in found.columns.items()}
        initial = {"heading": found.heading, "sheet": sheet, "readers": Sensitivity.PUBLIC}
        super().__init__(data, initial=initial)
        for column, texts in columns_of(grid):
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=f"Column {get_column_letter(column)}",
                help_text=" · ".join(shown(text, longest=40) for text in texts[:3]),
                choices=[("", "Leave it out"), *ROLES.items()],
                initial=by_column.get(column, ""),
                required=False,
            )

    def shape(self) -> Sequence[Any]:
        columns = [name for name in self.fields if name.startswith("column_")]
        selects = [Field.select(name, field_width=Fluid.TWO_THIRDS) for name in columns]
        return [
            *selects,
            Field.text("heading", field_width=Fixed.FOUR),
            Field.select("readers", field_width=Fluid.TWO_THIRDS),
            "sheet",
        ]

    @property
    def columns(self) -> dict[str, int]:
        """Role → column."""
        named = {n: v for n, v in self.cleaned_data.items() if n.startswith("column_") and v}
        return {role: int(name.removeprefix("column_")) for name, role in named.items()}

    def clean(self) -> dict[str, Any]:
        names = [v for n, v in self.cleaned_data.items() if n.startswith("column_") and v]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValidationError(f"Choose one column for “{ROLES[twice]}”, not two")
        if not PLACES & set(names):
            raise ValidationError("Choose the column that names the question or the prompt")
        if not CONTENTS & set(names):
            raise ValidationError("Choose a column of ratings, evidence or actions")
        return self.cleaned_data


def columns_of(grid: Grid) -> list[tuple[int, list[str]]]:
    """Each column that holds anything, and its first texts."""
    columns = range(1, grid.width + 1)
    held = [
        (n, [texts[n - 1] for _, texts in grid.rows if n <= len(texts) and texts[n - 1].strip()])
        for n in columns
    ]
    return [(number, texts) for number, texts in held if texts]


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
