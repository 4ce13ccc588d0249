"""The sections of a council's reports."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from assessments.forms.govuk import GovukForm
from assessments.models import SectionKind, TemplateSection
from assessments.services.report_sections import SectionInput


class SectionRowForm(forms.Form):
    heading = forms.CharField(
        max_length=200, error_messages={"required": "Enter a heading for every section"}
    )
    position = forms.IntegerField(
        min_value=1,
        max_value=999,
        error_messages={
            "required": "Enter a number for the place of every section",
            "invalid": "The place must be a whole number",
        },
    )
    in_use = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=0)

    def __init__(self, row: TemplateSection, data: QueryDict | None) -> None:
        self.row = row
        names = ("heading", "position", "in_use", "version")
        super().__init__(data, prefix=row.key, initial={name: getattr(row, name) for name in names})

    @property
    def input(self) -> SectionInput:
        return SectionInput(key=self.row.key, **self.cleaned_data)


class ReportSectionsForm:
    """A row for each section; one that was added since the form was opened is shown and left
    alone."""

    def __init__(self, rows: Sequence[TemplateSection], data: QueryDict | None = None) -> None:
        self.rows = [
            SectionRowForm(row, data if data and f"{row.key}-version" in data else None)
            for row in rows
        ]
        self.bound = [row for row in self.rows if row.is_bound]

    def is_valid(self) -> bool:
        return bool(self.bound) and not [row for row in self.bound if not row.is_valid()]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Field id and message of every error, in the order of the page."""
        return [
            (f"{form.prefix}-{name}", str(message))
            for form in self.bound
            for name, messages in form.errors.items()
            for message in messages
        ]

    @property
    def inputs(self) -> list[SectionInput]:
        return [form.input for form in self.bound]


class AddSectionForm(GovukForm):
    heading = forms.CharField(
        label="Heading", max_length=200, error_messages={"required": "Enter the heading"}
    )
    kind = forms.ChoiceField(label="How it stands in the report", choices=SectionKind.choices)
    button = "Add section"
