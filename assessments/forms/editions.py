"""Starting the draft of an edition, and reading a file into one."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from assessments.forms.govuk import GovukForm
from assessments.instruments import Instrument
from benchmarks.editions.reading import MAX_BYTES
from benchmarks.models import Toolkit

EMPTY, FILE = "empty", "file"
MERGE, REPLACE = "merge", "replace"


def check_size(upload: "UploadedFile[Any] | None") -> None:
    """Raises ValidationError."""
    if upload and (upload.size or 0) > MAX_BYTES:
        raise ValidationError(f"The file must be smaller than {MAX_BYTES // 1_000_000} MB")


class EditionFileForm(GovukForm):
    """A file for a draft that is there."""

    document = forms.FileField(
        label="File",
        help_text="YAML, or a workbook (.xlsx) in the layout that the draft’s page offers",
        error_messages={"required": "Choose the file", "empty": "The file is empty"},
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )
    how = forms.ChoiceField(
        label="What happens to what the file doesn’t hold?",
        widget=forms.RadioSelect,
        choices=[
            Choice(
                MERGE,
                "It stays",
                hint="The file’s scales, benchmarks and questions are added, or "
                "take the place of those with their names and numbers",
            ),
            Choice(REPLACE, "It goes", hint="The draft becomes what the file says"),
        ],
        error_messages={
            "required": "Choose what happens to what the file doesn’t hold",
            "invalid_choice": "Choose one of these",
        },
    )
    button = "See what differs"

    def __init__(self, data: QueryDict | None, files: MultiValueDict[str, Any] | None) -> None:
        super().__init__(data, files)

    def clean_document(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["document"]
        check_size(upload)
        return upload


class StartEditionForm(GovukForm):
    """What the draft begins with: a toolkit to copy, a prepared one to complete, a file, or
    nothing."""

    source = forms.ChoiceField(
        label="What do you want to start from?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what to start from",
            "invalid_choice": "Choose one of these",
        },
    )
    corrects = forms.BooleanField(
        label="It corrects the toolkit that is copied",
        required=False,
        help_text="Once published, new cycles can be started on the correction alone. Cycles under "
        "way stay with the toolkit they were started on.",
    )
    document = forms.FileField(
        label="File (only where you start from a file)",
        required=False,
        help_text="YAML, or a workbook (.xlsx) in the layout that every toolkit’s page offers",
        error_messages={"empty": "The file is empty"},
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )
    button = "Start the draft"

    def __init__(
        self,
        toolkits: Iterable[Toolkit],
        prepared: Iterable[Instrument],
        owned: Iterable[int],
        data: QueryDict | None,
        files: MultiValueDict[str, Any] | None,
    ) -> None:
        """`owned`: those that may be corrected from here."""
        super().__init__(data, files)
        self.toolkits = {f"copy-{each.pk}": each for each in toolkits}
        self.prepared = {f"prepared-{each.name}": each for each in prepared}
        self.owned = set(owned)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *(Choice(key, each.title, hint=each.hint) for key, each in self.prepared.items()),
            *(Choice(key, f"A copy of {each.title}") for key, each in self.toolkits.items()),
            Choice(FILE, "A file", hint="YAML or a workbook"),
            Choice(EMPTY, "Nothing"),
        ]
        if not self.owned:
            del self.fields["corrects"]

    def shape(self) -> Sequence[Any]:
        return [name for name in ("source", "corrects", "document") if name in self.fields]

    def clean_document(self) -> "UploadedFile[Any] | None":
        upload: UploadedFile[Any] | None = self.cleaned_data["document"]
        check_size(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        source = self.cleaned_data.get("source")
        is_given = self.cleaned_data.get("document") or "document" in self.errors
        if source == FILE and not is_given:
            self.add_error("document", "Choose the file to start from")
        toolkit = self.toolkits.get(source or "")
        if self.cleaned_data.get("corrects") and (not toolkit or toolkit.pk not in self.owned):
            self.add_error("corrects", "Only a copy can correct a toolkit, and one that is yours")
        return self.cleaned_data
