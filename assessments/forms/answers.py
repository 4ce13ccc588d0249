"""The question page's form: a small form for each rating and each evidence statement."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessments.forms.fields import LongTextField, SensitivityChoice
from assessments.models import Answer, EvidenceStatement, Sensitivity
from assessments.services.answers import AnswerInput, StatementInput
from benchmarks.models import Prompt, RatingLevel

NOT_APPLICABLE = "not-applicable"
STATEMENT_PREFIX = re.compile(r"\Aevidence-(\d{1,18}|new-\d{1,4})-text\Z")


class AnswerForm(forms.Form):
    """Without fields of choices, which every form would copy: a question may hold twenty."""

    rating = forms.CharField(required=False)
    reason = LongTextField()
    reason_sensitivity = SensitivityChoice()
    version = forms.IntegerField(min_value=0)
    confirm = forms.BooleanField(required=False)

    def __init__(
        self, answer: Answer, levels: Sequence[RatingLevel], data: QueryDict | None
    ) -> None:
        self.answer = answer
        self.levels = {level.slug: level for level in levels}
        slugs = {level.pk: level.slug for level in levels}
        super().__init__(
            data,
            prefix=f"answer-{answer.pk}",
            initial={
                "rating": NOT_APPLICABLE
                if answer.not_applicable
                else slugs.get(cast(int, answer.rating_id), ""),
                "reason": answer.reason,
                "reason_sensitivity": answer.reason_sensitivity,
                "version": answer.version,
            },
        )

    def clean_rating(self) -> str:
        slug: str = self.cleaned_data["rating"]
        if slug not in {*self.levels, NOT_APPLICABLE, ""}:
            raise ValidationError("Choose a rating from the list")
        return slug

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("rating") == NOT_APPLICABLE and not self.cleaned_data["reason"]:
            self.add_error("reason", "Say why this prompt is not applicable")
        return self.cleaned_data

    @property
    def level(self) -> RatingLevel | None:
        """The stored rating."""
        return next((lv for lv in self.levels.values() if lv.pk == self.answer.rating_id), None)

    @property
    def input(self) -> AnswerInput:
        typed = self.cleaned_data
        level = self.levels.get(typed["rating"])
        return AnswerInput(
            answer_id=self.answer.pk,
            version=typed["version"],
            rating_id=level.pk if level else None,
            not_applicable=typed["rating"] == NOT_APPLICABLE,
            reason=typed["reason"],
            reason_sensitivity=typed["reason_sensitivity"] or Sensitivity.PUBLIC,
            confirms=typed["confirm"],
        )


class StatementForm(forms.Form):
    """Slot: the statement's number, or `new-<position>` beside the prompt it is written at.
    A new one from elsewhere, with a number that is no position, stands where it covers first."""

    text = LongTextField()
    covers = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    sensitivity = SensitivityChoice()
    version = forms.IntegerField(min_value=0, required=False)
    confirm = forms.BooleanField(required=False)

    def __init__(
        self,
        slot: str,
        positions: Sequence[int],
        statement: EvidenceStatement | None,
        data: QueryDict | None,
    ) -> None:
        self.slot = slot
        self.statement = statement
        self.positions = {str(position): position for position in positions}
        self.blanks = {f"new-{position}": position for position in [0, *positions]}
        covers = [position] if (position := self.blanks.get(slot)) else []
        super().__init__(
            data,
            prefix=f"evidence-{slot}",
            initial={
                "text": statement.text if statement else "",
                "covers": statement.covers if statement else covers,
                "sensitivity": statement.sensitivity if statement else Sensitivity.PUBLIC,
                "version": statement.version if statement else 0,
            },
        )

    def clean_covers(self) -> list[int]:
        typed: list[str] = self.cleaned_data["covers"]
        if not self.positions.keys() >= set(typed):
            raise ValidationError("Choose the prompts from the list")
        return [self.positions[each] for each in typed]

    @property
    def anchor(self) -> int:
        """Position of the prompt it is shown at: the first it covers; 0 for the question."""
        if self.statement:
            return min(self.statement.covers, default=0)
        return self.blanks.get(self.slot, min(self.ticked, default=0))

    @property
    def ticked(self) -> set[int]:
        return {int(value) for value in self["covers"].value() or [] if str(value).isdigit()}

    @property
    def input(self) -> StatementInput:
        typed = self.cleaned_data
        return StatementInput(
            statement_id=None if self.slot.startswith("new-") else int(self.slot),
            version=typed["version"] or 0,
            text=typed["text"],
            covers=tuple(sorted(set(typed["covers"]))),
            sensitivity=typed["sensitivity"] or Sensitivity.PUBLIC,
            confirms=typed["confirm"],
        )


class QuestionForm:
    """All the forms of a question page, bound to posted data or a draft, or showing the rows.

    Posted parts that have no row any more (a statement somebody removed) stay in the form, so
    that their text can't be lost; rows that weren't posted are shown and left alone.
    """

    def __init__(
        self,
        *,
        prompts: Sequence[Prompt],
        levels: Sequence[RatingLevel],
        answers: Sequence[Answer],
        statements: Sequence[EvidenceStatement],
        data: QueryDict | None = None,
    ) -> None:
        self.positions = [prompt.position for prompt in prompts]
        self.data = data
        self.answers = [
            AnswerForm(answer, levels, self.posted(f"answer-{answer.pk}")) for answer in answers
        ]
        self.rows = statements
        rows = {str(statement.pk): statement for statement in statements}
        self.statements = [self.statement_form(slot, rows.get(slot)) for slot in self.slots(rows)]

    def slots(self, rows: Iterable[str]) -> list[str]:
        """Of the rows, and of what was newly written: blank fields say nothing."""
        written = [
            match[1]
            for name, value in (self.data or {}).items()
            if (match := STATEMENT_PREFIX.match(name)) and str(value).strip()
        ]
        return list(dict.fromkeys([*rows, *written]))

    def posted(self, prefix: str) -> QueryDict | None:
        """The posted data where it holds this part, else None: the part shows its row."""
        if self.data is not None and any(name.startswith(f"{prefix}-") for name in self.data):
            return self.data
        return None

    def statement_form(self, slot: str, statement: EvidenceStatement | None) -> StatementForm:
        return StatementForm(slot, self.positions, statement, self.posted(f"evidence-{slot}"))

    @property
    def bound(self) -> list[AnswerForm | StatementForm]:
        forms: list[AnswerForm | StatementForm] = [*self.answers, *self.statements]
        return [form for form in forms if form.is_bound]

    def is_valid(self) -> bool:
        return not [form for form in self.bound if not form.is_valid()]

    def differs(self) -> bool:
        """Whether any part says something else than its row, or confirms it. Errors count as a
        difference."""
        if not self.is_valid():
            return True
        answers = (f.input.leaves(f.answer) for f in self.answers if f.is_bound)
        statements = (
            f.input.leaves(f.statement) if f.statement else not self.adds(f.input)
            for f in self.statements
            if f.is_bound
        )
        return not (all(answers) and all(statements))

    def adds(self, mine: StatementInput) -> bool:
        """As on saving: what a row says already adds nothing. A draft sent just before its page
        was saved may come in just after, and would offer the same words a second time."""
        return bool(mine.text) and not any(mine.says(row) for row in self.rows)

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
    def answer_inputs(self) -> list[AnswerInput]:
        return [form.input for form in self.answers if form.is_bound]

    @property
    def statement_inputs(self) -> list[StatementInput]:
        return [form.input for form in self.statements if form.is_bound]
