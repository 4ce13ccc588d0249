"""What the forms of a drafted edition's parts have in common: fields, words, rows."""

import re
from abc import ABCMeta, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import QueryDict

from assessments.drafted import Content
from assessments.forms.fields import LongTextField
from assessments.forms.kept import KeptForm
from assessments.models import DraftPart

BLANK_ROWS = 3
MOST_ROWS = 300


def long_text(label: str, hint: str = "", rows: int = 3, **options: Any) -> LongTextField:
    widget = forms.Textarea(attrs={"rows": rows})
    return LongTextField(label=label, help_text=hint, widget=widget, **options)


def short_text(label: str, hint: str = "", **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=options.pop("longest", 300)
    )


def lines_of(typed: str) -> list[str]:
    return [each for each in (one.strip() for one in typed.split("\n")) if each]


def as_lines(texts: Sequence[str]) -> str:
    return "\n".join(" ".join(each.split()) for each in texts)


class PartForm(KeptForm):
    """`content` is what the valid form says; `words` the same for people to read."""

    NAMES: ClassVar[Sequence[str]] = ()  # fields that are kept under their own names
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={"required": "The form came without its version: check it and save again"},
    )

    def __init__(self, part: DraftPart, data: QueryDict | None = None) -> None:
        self.part = part
        initial = {**self.initial_of(part.content), "version": part.version}
        super().__init__(data, initial=initial)

    def initial_of(self, content: Content) -> dict[str, Any]:
        return {name: content.get(name, "") for name in self.NAMES}

    @property
    def content(self) -> Content:
        return {**self.part.content, **self.typed()}

    def typed(self) -> Content:
        return {name: stripped(self.cleaned_data[name]) for name in self.NAMES}

    def words(self, content: Content) -> list[tuple[str, str]]:
        initial = self.initial_of(content)
        return [(str(self.fields[name].label), said(value)) for name, value in initial.items()]

    @property
    def plain_fields(self) -> list[BoundField]:
        """All but the rows."""
        return [self[name] for name in self.fields if "-" not in name and name != "version"]

    @property
    def error_links(self) -> list[tuple[str, str]]:
        return [
            (self[name].auto_id, str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]


def stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


class AbstractFormMetaclass(DeclarativeFieldsMetaclass, ABCMeta):
    """Forms have a metaclass of their own, which by itself doesn't hold to abstract methods."""


class RowsForm(PartForm, metaclass=AbstractFormMetaclass):
    """A form with rows of fields, some of them blank for more. A row's `place` says where it
    stands; a row whose `NEEDED` field is empty is none."""

    ROW = ""
    NEEDED = ""

    def __init__(self, part: DraftPart, data: QueryDict | None = None) -> None:
        super().__init__(part, data)
        self.stored = self.rows_of(part.content)
        self.count = min(max(len(self.stored), posted_rows(self.ROW, data)) + BLANK_ROWS, MOST_ROWS)
        for number in range(1, self.count + 1):
            stored = self.stored[number - 1] if number <= len(self.stored) else {}
            for name, field in self.row_fields(number).items():
                field.initial = stored.get(name, field.initial)
                self.fields[self.field_name(number, name)] = field

    def field_name(self, number: int, name: str) -> str:
        return f"{self.ROW}-{number}-{name}"

    @abstractmethod
    def rows_of(self, content: Content) -> list[Mapping[str, Any]]:
        """What is stored of each row, by the names of its fields."""

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        return {
            "place": forms.IntegerField(
                label=f"Place of {self.ROW} {number}",
                min_value=1,
                max_value=MOST_ROWS,
                initial=number,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        }

    @property
    def rows(self) -> list[tuple[int, list[BoundField]]]:
        return [
            (number, [self[self.field_name(number, name)] for name in self.row_fields(number)])
            for number in range(1, self.count + 1)
        ]

    def typed_rows(self) -> list[tuple[int, dict[str, Any]]]:
        """Each with the number it had, in the order of their places: what was moved stands
        before what was there, and what was moved down behind it."""
        found = []
        for number in range(1, self.count + 1):
            names = self.row_fields(number)
            row = {name: self.cleaned_data.get(self.field_name(number, name)) for name in names}
            if stripped(row[self.NEEDED]):
                found.append((number, row))
        return sorted(found, key=lambda each: place_key(*each))


def place_key(number: int, row: Mapping[str, Any]) -> tuple[int, int, int]:
    place = row.get("place") or number
    return place, (place > number) - (place < number), number


def posted_rows(prefix: str, data: QueryDict | None) -> int:
    found = [re.match(rf"{prefix}-(\d{{1,3}})-", name) for name in data or {}]
    numbers = [int(match[1]) for match in found if match and data and data.get(match.string)]
    return min(max(numbers, default=0), MOST_ROWS)


def labels_of(form: type[PartForm]) -> dict[str, str]:
    """What the form calls the names of a file."""
    fields = form.base_fields
    labels = {name: str(field.label).removesuffix(" (optional)") for name, field in fields.items()}
    return {**labels, "meaning": "What it means", "met": "Counts as met"}
