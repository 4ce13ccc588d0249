"""How a council publishes: its lead times, the days it is closed, its Word template."""

import datetime
from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.deadlines import CLEAR_DAYS
from assessments.forms.council import SettingsForm
from assessments.forms.govuk import DateField, GovukForm
from assessments.services.councils import PublishingInput
from assessments.word_template import NotATemplate, check_template

LONGEST_LEAD = 30
LONGEST_CLOSURE = 60
LONG_AGO = datetime.date(2000, 1, 1)
FURTHEST_AHEAD = datetime.timedelta(days=3 * 366)


def days_field(label: str, help_text: str, *, least: int, too_few: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=LONGEST_LEAD,
        error_messages={
            "required": "Enter a number of days",
            "invalid": "Enter the days as a whole number, such as 5",
            "min_value": too_few,
            "max_value": f"Enter {LONGEST_LEAD} days or fewer",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PublishingForm(SettingsForm):
    clear_days = days_field(
        "Clear working days between publication and the meeting",
        "The law asks for five. Enter more if your council’s own rules do",
        least=CLEAR_DAYS,
        too_few=f"Enter {CLEAR_DAYS} days or more: the law asks for five clear days",
    )
    clearance_days = days_field(
        "Working days for clearance before publication",
        "How long before publication a report must be final inside the council, for directors, "
        "finance and legal to have seen it",
        least=0,
        too_few="Enter 0 days or more",
    )
    protective_marking = forms.CharField(
        label="Protective marking (optional)",
        required=False,
        max_length=60,
        help_text="A line on every page of a report, for example OFFICIAL. Leave it empty if "
        "your council uses none",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    input_class = PublishingInput

    def shape(self) -> Sequence[Any]:
        return [
            Field.text("clear_days", field_width=2),
            Field.text("clearance_days", field_width=2),
            Field.text("protective_marking", field_width=20),
            "version",
        ]

    def clean_protective_marking(self) -> str:
        return " ".join(self.cleaned_data["protective_marking"].split())


class ExampleForm(GovukForm):
    """Tried out on the page, and never saved."""

    meeting_on = DateField(
        "the day of the meeting",
        label="Day of the meeting",
        help_text="For example, 20 2 2027",
    )
    button = "Work it out"

    def clean_meeting_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["meeting_on"]
        if not LONG_AGO <= day <= timezone.localdate() + FURTHEST_AHEAD:
            raise ValidationError("The day of the meeting must be within the next three years")
        return day

    @property
    def day(self) -> datetime.date | None:
        """What was asked for, the initial day before, None where it is no date."""
        source = self.cleaned_data if self.is_valid() else {} if self.is_bound else self.initial
        day: datetime.date | None = source.get("meeting_on")
        return day


class ClosureForm(GovukForm):
    first = DateField(
        "the first day", label="First day closed", help_text="For example, 24 12 2026"
    )
    last = DateField(
        "the last day",
        label="Last day closed (optional)",
        help_text="For example, 1 1 2027. Leave it empty for a single day",
        required=False,
    )
    words = forms.CharField(
        label="What for",
        max_length=100,
        help_text="For example, Christmas closure",
        error_messages={"required": "Enter what the offices are closed for"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    button = "Add to the closure days"

    def shape(self) -> Sequence[Any]:
        return ["first", "last", Field.text("words", field_width=Fluid.TWO_THIRDS)]

    def clean_first(self) -> datetime.date:
        first: datetime.date = self.cleaned_data["first"]
        if first > timezone.localdate() + FURTHEST_AHEAD:
            raise ValidationError("The first day must be within the next three years")
        return first

    def clean_last(self) -> datetime.date | None:
        last: datetime.date | None = self.cleaned_data["last"]
        first = self.cleaned_data.get("first")
        if not last or not first:
            return first or last
        if last < first:
            raise ValidationError("The last day must be the first day or later")
        if (last - first).days >= LONGEST_CLOSURE:
            raise ValidationError(
                f"A closure can be {LONGEST_CLOSURE} days long at most: check the year"
            )
        return last


class RemoveClosureForm(forms.Form):
    """The days of one line of the list."""

    first = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    last = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])


class WordTemplateForm(GovukForm):
    template = forms.FileField(
        label="Word template",
        help_text="A Word document (.docx) smaller than 5 MB, without macros",
        error_messages={
            "required": "Choose your Word document",
            "empty": "The template is an empty file",
        },
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    button = "Save the template"

    def clean_template(self) -> bytes:
        try:
            return check_template(self.cleaned_data["template"])
        except NotATemplate as problem:
            raise ValidationError(str(problem)) from problem
