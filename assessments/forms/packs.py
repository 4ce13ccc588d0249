"""A committee pack: its meeting, and which snapshot it is about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import date_format

from assessments.forms.fields import LongTextField
from assessments.forms.govuk import DateField, GovukForm
from assessments.models import Sensitivity, Snapshot
from assessments.pack_builder import lines
from assessments.services.packs import MeetingInput

# A report has to be read by the committee at least: no whole one is for nobody.
KEPT_BACK = Sensitivity.NOT_FOR_PUBLICATION


class MeetingForm(GovukForm):
    title = forms.CharField(
        label="Title of the report",
        help_text="Public, even where the report is not",
        max_length=200,
        error_messages={"required": "Enter the title of the report"},
    )
    committee = forms.CharField(
        label="Committee", max_length=200, error_messages={"required": "Enter the committee"}
    )
    meeting_on = DateField(
        "the date of the meeting",
        label="Date of the meeting",
        help_text="For example, 20 2 2027",
    )
    item = forms.CharField(
        label="Item number",
        help_text="It begins the names of the files. Leave it empty until you know it",
        max_length=20,
        required=False,
    )
    wards = forms.CharField(
        label="Wards and communities affected", max_length=300, required=False, initial="All"
    )
    key_decision = forms.CharField(
        label="Key decision", max_length=100, required=False, initial="Non-key"
    )
    report_of = forms.CharField(
        label="Report of", help_text="Name and post", max_length=300, required=False
    )
    assistant_directors = LongTextField(
        2000,
        label="Accountable assistant directors",
        help_text="One on each line: name and post",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    director = forms.CharField(
        label="Accountable director", help_text="Name and post", max_length=300, required=False
    )
    author = LongTextField(
        2000,
        label="Report author",
        help_text="Name, post and directorate, each on a line of its own",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sensitivity = forms.ChoiceField(
        label="May the public read the report?",
        help_text="Single paragraphs can be kept back where they stand",
        choices=[each for each in Sensitivity.choices if each[0] != KEPT_BACK],
    )
    public_interest = LongTextField(
        label="Why it is not public",
        help_text="Why keeping it back serves the public better than publishing it. "
        "The public report says so. Only for a report that is not public",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    marking = forms.CharField(
        label="Protective marking",
        help_text="Stands at the top of every page, where your council uses one",
        max_length=100,
        required=False,
    )
    own_appendices = LongTextField(
        2000,
        label="Appendices of your own",
        help_text="The title of each on a line of its own, in order and without a number. The "
        "report lists them for everybody; you attach the documents to the papers yourself",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    first_appendix = forms.IntegerField(
        label="Number of the self-assessment’s appendix",
        help_text="1 where it comes first; 3 where two of your own come before it. A version "
        "with exempt text has the number after it",
        min_value=1,
        max_value=99,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Enter the number of the self-assessment’s appendix",
            "invalid": "The number of the self-assessment’s appendix must be a whole number",
            "min_value": "The number of the self-assessment’s appendix must be 1 or more",
            "max_value": "The number of the self-assessment’s appendix must be 99 or less",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_own_appendices(self) -> str:
        return "\n".join(lines(self.cleaned_data["own_appendices"]))

    def clean_first_appendix(self) -> int:
        """No number between two appendices may be nobody's."""
        number: int = self.cleaned_data["first_appendix"]
        last = 1 + len(list(lines(self.cleaned_data.get("own_appendices", ""))))
        if number > last:
            least = "1" if last == 1 else f"at most {last}"
            raise ValidationError(
                f"The number of the self-assessment’s appendix must be {least}, unless more of "
                "your own come before it"
            )
        return number

    def clean_public_interest(self) -> str:
        reason: str = self.cleaned_data["public_interest"]
        public = self.cleaned_data.get("sensitivity") == Sensitivity.PUBLIC
        if not public and not reason:
            raise ValidationError("Say why the report is not public")
        return "" if public else reason

    @property
    def input(self) -> MeetingInput:
        names = MeetingInput.__dataclass_fields__
        return MeetingInput(**{name: self.cleaned_data[name] for name in names})


class NewPackForm(GovukForm):
    """The few things to begin with; the rest waits on the meeting's page."""

    snapshot = forms.ChoiceField(
        label="Which signed self-assessment is the report about?",
        error_messages={"required": "Choose a signed self-assessment"},
    )
    title = forms.CharField(
        label="Title of the report",
        max_length=200,
        initial="Prevent duty self-assessment",
        error_messages={"required": "Enter the title of the report"},
    )
    committee = forms.CharField(
        label="Committee", max_length=200, error_messages={"required": "Enter the committee"}
    )
    meeting_on = DateField(
        "the date of the meeting", label="Date of the meeting", help_text="For example, 20 2 2027"
    )
    button = "Start the pack"

    def __init__(self, data: QueryDict | None, *, snapshots: Sequence[Snapshot]) -> None:
        super().__init__(data)
        self.snapshots = {str(each.number): each for each in snapshots}
        field = self.fields["snapshot"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(number, named(each)) for number, each in self.snapshots.items()]

    def clean_snapshot(self) -> Snapshot:
        return self.snapshots[self.cleaned_data["snapshot"]]

    @property
    def input(self) -> MeetingInput:
        names = ("title", "committee", "meeting_on")
        values: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        return MeetingInput(**values)


def named(snapshot: Snapshot) -> str:
    signed = date_format(snapshot.signed_at, "j F Y")
    return f"Snapshot {snapshot.number}: {snapshot.cycle}, signed off on {signed}"
