"""Accepting a warning, and releasing a pack."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assessments.forms.fields import LongTextField
from assessments.forms.govuk import GovukForm
from assessments.services.release import CONFIRMATION


class AcceptWarningForm(GovukForm):
    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = LongTextField(
        2000,
        label="Why these words may be public",
        required=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why these words may be public"},
    )
    button = "Accept"


class ReleaseForm(GovukForm):
    confirmed = forms.BooleanField(
        label=CONFIRMATION,
        error_messages={"required": "Tick the confirmation before you release"},
    )
    button = "Release"

    def shape(self) -> Sequence[Any]:
        return ["confirmed"]
