"""The judgement on a benchmark: rating with its reason, actions line, comments line.

Each is a form of its own, so that a conflict page can post one of them alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict

from assessments.forms.answers import NOT_APPLICABLE
from assessments.forms.fields import LongTextField
from assessments.models import BenchmarkAssessment, Sensitivity
from assessments.ratings import Suggestion
from assessments.record import Decision
from assessments.record_builder import level_of
from assessments.services.judgement import Judgement
from benchmarks.models import RatingLevel


class LineForm(forms.Form):
    """A line of the front sheet and who may read it."""

    text = LongTextField()
    sensitivity = forms.ChoiceField(choices=Sensitivity.choices)


class RatingForm(forms.Form):
    value = forms.ChoiceField(required=False)
    reason = LongTextField()
    reason_sensitivity = forms.ChoiceField(choices=Sensitivity.choices)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        initial: Mapping[str, Any],
        levels: Mapping[str, RatingLevel],
        suggestion: Suggestion,
        needs_reason: bool,
    ) -> None:
        super().__init__(data, prefix="rating", initial=dict(initial))
        self.needs_reason = needs_reason
        self.levels = levels
        self.suggestion = suggestion
        value = cast(forms.ChoiceField, self.fields["value"])
        value.choices = [(slug, slug) for slug in [*levels, NOT_APPLICABLE]]

    @property
    def level(self) -> RatingLevel | None:
        return self.levels.get(self.cleaned_data.get("value", ""))

    @property
    def not_applicable(self) -> bool:
        return self.cleaned_data.get("value") == NOT_APPLICABLE

    def clean(self) -> dict[str, Any]:
        if "reason" in self.errors:
            return self.cleaned_data
        if not self.cleaned_data.get("reason"):
            self.ask_for_reason()
        if self.needs_reason and "value" in self.changed_data and "reason" not in self.changed_data:
            self.add_error("reason", "Say why you are changing this rating")
        return self.cleaned_data

    def ask_for_reason(self) -> None:
        level = level_of(self.level) if self.level else None
        if self.not_applicable:
            self.add_error("reason", "Say why this benchmark is not applicable")
        elif self.suggestion.differs_from(Decision(level=level)):
            suggested = self.suggestion.level.label if self.suggestion.level else "Not applicable"
            self.add_error("reason", f"Say why your rating differs from the suggested {suggested}")


class JudgementForm:
    """Bound where a part was posted; a part that wasn't shows its row and leaves it alone."""

    def __init__(
        self,
        assessment: BenchmarkAssessment,
        *,
        levels: Sequence[RatingLevel],
        suggestion: Suggestion,
        needs_reason: bool = False,
        data: QueryDict | None = None,
    ) -> None:
        self.assessment = assessment
        self.data = data
        slugs = {level.pk: level.slug for level in levels}
        self.rating = RatingForm(
            self.posted("rating"),
            initial={
                "value": NOT_APPLICABLE
                if assessment.not_applicable
                else slugs.get(assessment.rating_id or 0, ""),
                "reason": assessment.reason,
                "reason_sensitivity": assessment.reason_sensitivity,
            },
            levels={level.slug: level for level in levels},
            suggestion=suggestion,
            needs_reason=needs_reason,
        )
        self.actions = self.line("actions", assessment.actions, assessment.actions_sensitivity)
        self.comments = self.line("comments", assessment.comments, assessment.comments_sensitivity)

    def line(self, name: str, text: str, sensitivity: str) -> LineForm:
        initial = {"text": text, "sensitivity": sensitivity}
        return LineForm(self.posted(name), prefix=name, initial=initial)

    def posted(self, prefix: str) -> QueryDict | None:
        """The posted data where it holds this part."""
        if self.data is not None and any(name.startswith(f"{prefix}-") for name in self.data):
            return self.data
        return None

    @property
    def bound(self) -> list[forms.Form]:
        return [form for form in (self.rating, self.actions, self.comments) if form.is_bound]

    def is_valid(self) -> bool:
        return not [form for form in self.bound if not form.is_valid()]

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
    def version(self) -> int:
        """That of the row the form was opened with. What isn't a number counts as the oldest,
        so that it can overwrite nothing unseen."""
        typed = self.data.get("version", "") if self.data is not None else ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    @property
    def judgement(self) -> Judgement:
        """What the valid form says."""
        row, rating = self.assessment, self.rating
        actions, comments = self.actions, self.comments
        rated = rating.is_bound
        return Judgement(
            version=self.version,
            rating_id=(rating.level.pk if rating.level else None) if rated else row.rating_id,
            not_applicable=rating.not_applicable if rated else row.not_applicable,
            reason=value_of(rating, "reason"),
            reason_sensitivity=value_of(rating, "reason_sensitivity"),
            actions=value_of(actions, "text"),
            actions_sensitivity=value_of(actions, "sensitivity"),
            comments=value_of(comments, "text"),
            comments_sensitivity=value_of(comments, "sensitivity"),
        )

    def differs(self) -> bool:
        """Whether it says something else than its row. Errors count as a difference."""
        return not self.is_valid() or not self.judgement.says(self.assessment)


def value_of(form: forms.Form, name: str) -> Any:
    return form.cleaned_data[name] if form.is_bound else form.initial[name]
