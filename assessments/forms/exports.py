"""Which file to make, and for whom."""

from django import forms
from django.http import QueryDict

from assessments.forms.govuk import GovukForm
from assessments.models import Audience, ExportFormat

FORMATS = [
    (ExportFormat.PDF, "PDF, ready to print or to publish"),
    (ExportFormat.XLSX, "Excel workbook, to filter and to count"),
    (ExportFormat.JSON, "JSON, for another system or as a copy to keep"),
]
AUDIENCES = [
    (Audience.PUBLIC, "Public: restricted text is left out"),
    (Audience.BOARD, "Board: everything, with restricted text marked"),
]


class ExportForm(GovukForm):
    format = forms.ChoiceField(
        label="Format",
        choices=FORMATS,
        widget=forms.RadioSelect,
        initial=ExportFormat.PDF,
        error_messages={"required": "Choose a format", "invalid_choice": "Choose a format"},
    )
    audience = forms.ChoiceField(
        label="Who is it for?",
        choices=AUDIENCES,
        widget=forms.RadioSelect,
        initial=Audience.PUBLIC,
        error_messages={
            "required": "Choose who it is for",
            "invalid_choice": "You may only ask for the public version",
        },
    )
    button = "Make the file"

    def __init__(self, data: QueryDict | None, *, may_see_restricted: bool) -> None:
        super().__init__(data)
        if not may_see_restricted:
            field = self.fields["audience"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = AUDIENCES[:1]

    def clean_format(self) -> ExportFormat:
        return ExportFormat(self.cleaned_data["format"])

    def clean_audience(self) -> Audience:
        return Audience(self.cleaned_data["audience"])
