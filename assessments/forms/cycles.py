"""Starting a cycle."""

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from assessments.forms.govuk import DateField, GovukForm
from assessments.models import Cycle
from benchmarks.models import RatingScale, Toolkit

DUTY_BEGAN = datetime.date(2015, 7, 1)
FURTHEST_AHEAD = datetime.timedelta(days=2 * 366)
TWO_YEARS = re.compile(r"\A(20\d\d)\s*[/–-]\s*(\d{2}|\d{4})\Z")
CARRIED = (
    "Evidence, documents, ratings, judgements and open actions come along. None counts as "
    "decided until somebody has confirmed it. Completed actions stay behind. On another toolkit "
    "you first see what goes where."
)
A_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def scale_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Toolkit and rating scale",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a toolkit",
            "invalid_choice": "Choose one of these toolkits",
        },
    )


def offer_scales(form: forms.Form, toolkits: Iterable[Toolkit]) -> dict[str, RatingScale]:
    """Every scale of the toolkits as a choice of the form's `scale`."""
    scales = {str(scale.pk): scale for each in toolkits for scale in each.scales.all()}
    field = form.fields["scale"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [choice_of(each) for each in scales.values()]
    return scales


def choice_of(scale: RatingScale) -> Choice:
    levels = ", ".join(level.label for level in scale.levels.all())
    hint = "" if levels == scale.name else levels
    return Choice(str(scale.pk), f"{scale.toolkit.title} – {scale.name}", hint=hint)


class PositionForm(GovukForm):
    """Which position a cycle describes."""

    period = forms.CharField(
        label="Period",
        max_length=50,
        help_text="For example, 2025/26",
        error_messages={"required": "Enter the period, for example 2025/26"},
    )
    as_at = DateField(
        "the date of the position",
        label="Position as at",
        help_text="The day the answers describe, for example 1 12 2025",
    )
    closes_on = DateField(
        "the closing date",
        label="Answers are due by (optional)",
        help_text="Shown to everybody who answers, for example 31 3 2026",
        required=False,
    )

    def shape(self) -> Sequence[Any]:
        return [Field.text("period", field_width=10), "as_at", "closes_on"]

    def clean_period(self) -> str:
        period = " ".join(self.cleaned_data["period"].split())
        if match := TWO_YEARS.match(period):
            return consecutive_years(int(match[1]), match[2])
        if not A_YEAR.search(period):
            raise ValidationError("Enter the period with its year in full, for example 2025/26")
        return period

    def clean_as_at(self) -> datetime.date:
        as_at: datetime.date = self.cleaned_data["as_at"]
        if as_at < DUTY_BEGAN:
            raise ValidationError(
                "The date of the position must be 1 July 2015 or later: the duty began then"
            )
        if as_at > timezone.localdate() + FURTHEST_AHEAD:
            raise ValidationError("The date of the position must be within the next two years")
        return as_at

    def clean_closes_on(self) -> datetime.date | None:
        closes_on: datetime.date | None = self.cleaned_data["closes_on"]
        as_at = self.cleaned_data.get("as_at")
        if closes_on and as_at and closes_on < as_at:
            earliest = date_format(as_at, "j F Y")
            raise ValidationError(
                f"The closing date must be {earliest} or later: the position is as at that day"
            )
        if closes_on and closes_on > timezone.localdate() + FURTHEST_AHEAD:
            raise ValidationError("The closing date must be within the next two years")
        return closes_on


EMPTY = "empty"


class StartCycleForm(PositionForm):
    """One choice for toolkit and rating scale together, so that they always fit."""

    start_from = forms.ChoiceField(
        label="What to start from",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose what to start from"},
    )
    scale = scale_field()
    button = "Start the cycle"
    field_order = ("start_from", "scale")  # so that errors are summed up in the page's order

    def __init__(
        self, toolkits: Iterable[Toolkit], data: QueryDict | None, *, last: Sequence[Cycle]
    ) -> None:
        """`toolkits` with their scales and levels. `last`: the council's last cycle on each
        toolkit, the latest first, to start from it and on its scale unless said otherwise."""
        usual = {"scale": last[0].scale_id, "start_from": str(last[0].pk)} if last else {}
        super().__init__(data, initial=usual)
        self.scales = offer_scales(self, toolkits)
        self.sources = {str(cycle.pk): cycle for cycle in last}
        if last:
            self.offer_start(last)
        else:
            del self.fields["start_from"]

    def offer_start(self, last: Sequence[Cycle]) -> None:
        field = self.fields["start_from"]
        assert isinstance(field, forms.ChoiceField)
        if len(last) > 1:
            field.help_text = CARRIED
        hints = [str(cycle.toolkit) if len(last) > 1 else CARRIED for cycle in last]
        field.choices = [
            *(
                Choice(str(cycle.pk), f"Start from {cycle.period}", hint=hint)
                for cycle, hint in zip(last, hints, strict=True)
            ),
            Choice(EMPTY, "Start empty"),
        ]

    def shape(self) -> Sequence[Any]:
        return [*(["start_from"] if self.sources else []), "scale", *super().shape()]

    def clean_start_from(self) -> Cycle | None:
        return self.sources.get(self.cleaned_data["start_from"])

    @property
    def toolkit(self) -> Toolkit:
        """That of the valid form's scale."""
        scale: RatingScale = self.cleaned_data["scale"]
        return scale.toolkit

    @property
    def changes_edition(self) -> bool:
        """Whether the cycle to start from is on another edition."""
        source = self.cleaned_data.get("start_from")
        return source is not None and source.toolkit_id != self.toolkit.pk

    def clean_scale(self) -> RatingScale:
        return self.scales[self.cleaned_data["scale"]]


def consecutive_years(first: int, second: str) -> str:
    """2025/26 however it was typed."""
    following = f"{first + 1:04}"
    if second not in (following, following[-2:]):
        raise ValidationError(
            f"{first}/{second} isn’t two years in a row: enter it like {first}/{following[-2:]}"
        )
    return f"{first}/{following[-2:]}"
