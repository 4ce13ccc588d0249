"""The parts of a section, each a form of its own, so that a conflict page can post one alone;
and the small forms round a section."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from assessments.forms.fields import LongTextField, SensitivityChoice
from assessments.forms.govuk import DateField, GovukForm
from assessments.models import PackPart, PackSection, PartKind, Sensitivity
from assessments.services.pack_sections import PartInput, Verification


class PartForm(forms.Form):
    """`part`: its row; a part without words of its own, which `says` what its snapshot does,
    asks only who may read it."""

    text = LongTextField()
    sensitivity = SensitivityChoice()
    version = forms.IntegerField(min_value=0, required=False)

    def __init__(self, part: PackPart, data: QueryDict | None, says: str) -> None:
        self.part, self.says = part, says
        initial = {"text": part.text, "sensitivity": part.sensitivity, "version": part.version}
        super().__init__(data, prefix=f"part-{part.pk}", initial=initial)

    @property
    def input(self) -> PartInput:
        return PartInput(
            pk=self.part.pk,
            version=self.cleaned_data["version"] or 0,
            text=self.cleaned_data["text"] if self.part.is_text else self.part.text,
            sensitivity=self.cleaned_data["sensitivity"] or Sensitivity.PUBLIC,
        )


class SectionForm:
    """Bound where a part was posted. A posted part that somebody has removed meanwhile is
    bound to a part without a row, so that its words are saved all the same."""

    def __init__(
        self,
        parts: Sequence[PackPart],
        data: QueryDict | None = None,
        *,
        says: Callable[[PackPart], str],
    ) -> None:
        """`says`: what a part without words of its own prints."""
        self.data = data
        rows = [*parts, *self.removed({part.pk for part in parts})]
        self.parts = [PartForm(part, self.posted(part.pk), says(part)) for part in rows]

    def removed(self, known: set[int]) -> list[PackPart]:
        posted = {number_in(name) for name in self.data or () if name.startswith("part-")}
        return [PackPart(pk=pk) for pk in sorted(posted - known - {0})]

    def posted(self, pk: int) -> QueryDict | None:
        if self.data is not None and f"part-{pk}-version" in self.data:
            return self.data
        return None

    @property
    def bound(self) -> list[PartForm]:
        return [form for form in self.parts if form.is_bound]

    def is_valid(self) -> bool:
        return not [form for form in self.bound if not form.is_valid()]

    @property
    def inputs(self) -> list[PartInput]:
        return [form.input for form in self.bound]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Field id and message of every error, in the order of the page."""
        return [
            (f"{form.prefix}-{name}", str(message))
            for form in self.bound
            for name, messages in form.errors.items()
            for message in messages
        ]

    def differs(self) -> bool:
        """Whether it says something else than its rows. Errors count as a difference."""
        return not self.is_valid() or any(not f.input.says(f.part) for f in self.bound)


def number_in(name: str) -> int:
    """Of `part-12-text`; 0 where there is none."""
    digits = name.split("-")[1]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


class AddPartForm(GovukForm):
    kind = forms.ChoiceField(label="What to add", choices=PartKind.choices)
    button = "Add"


class VerificationForm(GovukForm):
    verifier = forms.CharField(
        label="To be verified by", help_text="The post", max_length=200, required=False
    )
    verified_by = forms.CharField(
        label="Verified by",
        help_text="Name and post, as the report will print it. Leave it empty until it is done",
        max_length=300,
        required=False,
    )
    verified_on = DateField("the date of verification", label="Verified on", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    button = "Save verification"

    def clean(self) -> dict[str, Any]:
        by, on = self.cleaned_data.get("verified_by"), self.cleaned_data.get("verified_on")
        if by and not on and "verified_on" not in self.errors:
            self.add_error("verified_on", "Enter the date of verification")
        if on and not by and "verified_by" not in self.errors:
            self.add_error("verified_by", "Enter who verified it")
        return self.cleaned_data

    def clean_verified_on(self) -> datetime.date | None:
        on: datetime.date | None = self.cleaned_data["verified_on"]
        if on and on > timezone.localdate():
            raise ValidationError("The date of verification must not be in the future")
        return on

    @property
    def input(self) -> Verification:
        typed = self.cleaned_data
        return Verification(typed["verifier"], typed["verified_by"], typed["verified_on"])


def verification_form(section: PackSection, data: QueryDict | None = None) -> VerificationForm:
    names = ("verifier", "verified_by", "verified_on", "version")
    return VerificationForm(data, initial={name: getattr(section, name) for name in names})


class CommentForm(GovukForm):
    text = LongTextField(
        label="Your comment",
        help_text="For the people who work on this pack. No document holds it",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=True,
        error_messages={"required": "Write your comment"},
    )
    button = "Add comment"
