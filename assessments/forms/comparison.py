"""Which two cycles to compare."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.http import QueryDict

from assessments.forms.govuk import GovukForm
from assessments.models import Cycle


class ComparisonForm(GovukForm):
    before = forms.TypedChoiceField(label="Before", coerce=int)
    after = forms.TypedChoiceField(label="After", coerce=int)
    button = "Compare"
    is_posted = False

    def __init__(self, data: QueryDict | None, *, cycles: Sequence[Cycle], latest: int) -> None:
        """`cycles`: latest first; `latest`: the one to begin with as the later of the two."""
        super().__init__(data)
        choices = [(cycle.pk, str(cycle)) for cycle in cycles]
        for name in ("before", "after"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = choices
            field.error_messages["invalid_choice"] = "Choose one of the council’s cycles"
        self.initial = {"before": earlier(cycles, latest), "after": latest}

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.form_method = "get"
        helper.disable_csrf = True
        return helper

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("before") and data.get("before") == data.get("after"):
            self.add_error("after", "Choose another cycle than the one before")
        return data


def earlier(cycles: Sequence[Cycle], latest: int) -> int | None:
    """The cycle before that one, on the same edition if there is one: a council's other
    instruments ask other things."""
    places = [place for place, cycle in enumerate(cycles) if cycle.pk == latest]
    if not places:
        return None
    after, older = cycles[places[0]], cycles[places[0] + 1 :]
    same = (cycle for cycle in older if cycle.toolkit_id == after.toolkit_id)
    before = next(same, older[0] if older else None)
    return before.pk if before else None
