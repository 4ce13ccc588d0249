"""An action, and a progress update on it."""

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from assessments.forms.fields import LongTextField
from assessments.forms.govuk import DateField
from assessments.forms.kept import KeptForm
from assessments.forms.owners import OwnersField
from assessments.models import ActionStatus, Sensitivity, User
from assessments.presenters.actions import ActionCard, Where
from assessments.presenters.asked import Asked
from assessments.services.actions import ActionInput, Place, UpdateInput, quarter_of
from benchmarks.models import Question

EVERYWHERE = "everywhere"
BETWEEN_REFS = re.compile(r"[\s,;]+|\band\b")


class ActionForm(KeptForm):
    """`home`: the question it is opened from. `may_use` says which others it may be put at."""

    text = LongTextField(
        label="What will be done",
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what will be done"},
    )
    owners = OwnersField(
        label="Who will do it",
        help_text="A person, a post or a partner. Colleagues with an account are found by name "
        "or e-mail address.",
    )
    due_date = DateField(
        "the due date", label="By when", help_text="For example, 31 3 2026", required=False
    )
    due_words = forms.CharField(
        label="Or in words, where there is no date",
        help_text="For example, Q4 2025/26",
        required=False,
        max_length=200,
    )
    status = forms.ChoiceField(
        label="Status", choices=ActionStatus.choices, widget=forms.RadioSelect
    )
    completed_on = DateField(
        "the date of completion",
        label="Completed on",
        help_text="Once it is completed, if you know the date",
        required=False,
    )
    done = LongTextField(
        label="What was done",
        help_text="Once it is completed: a line for those who ask what came of it",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    beside = forms.TypedMultipleChoiceField(
        label="What it stands beside",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the question or a prompt that the action is for"},
    )
    also_at = forms.CharField(
        label="Other questions it serves",
        help_text="Their numbers, for example 7.1, 7.4",
        required=False,
        max_length=500,
    )
    sensitivity = forms.ChoiceField(label="Who may read it", choices=Sensitivity.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        asked: Asked,
        home: Question,
        members: Iterable[User],
        may_use: Callable[[Question], bool],
        card: ActionCard | None = None,
        auto_id: str = "id_%s",
    ) -> None:
        self.asked, self.home, self.may_use, self.card = asked, home, may_use, card
        super().__init__(data, auto_id=auto_id, initial=self.values_of(card))
        self.prompts = list(home.prompts.all())
        cast(OwnersField, self.fields["owners"]).offer(members)
        beside = cast(forms.TypedMultipleChoiceField, self.fields["beside"])
        beside.choices = [(0, "The question as a whole")] + [
            (prompt.position, f"Prompt {prompt.position}: {prompt.text}") for prompt in self.prompts
        ]
        if not self.prompts:
            del self.fields["beside"]
        if self.was_completed:
            del self.fields["done"]

    def values_of(self, card: ActionCard | None) -> dict[str, Any]:
        if card is None:
            return {"status": ActionStatus.NOT_STARTED, "beside": [0]}
        here = [place for place in card.places if place.question.pk == self.home.pk]
        names = ("text", "due_date", "due_words", "status", "completed_on", "sensitivity")
        return {name: getattr(card.action, name) for name in (*names, "version")} | {
            "owners": [owner.name for owner in card.owners],
            "beside": [position for place in here for position in place.positions],
            "also_at": ", ".join(place.question.ref for place in self.elsewhere),
        }

    @property
    def was_completed(self) -> bool:
        return self.card is not None and not self.card.is_open

    @property
    def elsewhere(self) -> list[Where]:
        places = self.card.places if self.card else []
        return [place for place in places if place.question.pk != self.home.pk]

    def clean_also_at(self) -> list[Question]:
        refs = [ref for ref in BETWEEN_REFS.split(self.cleaned_data["also_at"]) if ref]
        unknown = [ref for ref in refs if ref not in self.asked.by_ref]
        if unknown:
            raise ValidationError(f"There is no question {unknown[0][:20]} in this toolkit")
        wanted = {ref: self.asked.by_ref[ref] for ref in refs if ref != self.home.ref}
        already = {place.question.ref: place.question for place in self.elsewhere}
        for ref in wanted.keys() ^ already.keys():
            if not self.may_use((wanted | already)[ref]):
                raise ValidationError(
                    f"Question {ref} isn’t assigned to you: leave it as it was, or ask the lead"
                )
        return list(wanted.values())

    def clean_completed_on(self) -> datetime.date | None:
        date: datetime.date | None = self.cleaned_data["completed_on"]
        if date and date > timezone.localdate():
            raise ValidationError("The date of completion must be today or in the past")
        return date

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("due_date") and typed.get("due_words"):
            self.add_error("due_words", "Enter a date or words, not both")
        if typed.get("completed_on") and typed.get("status") != ActionStatus.COMPLETED:
            self.add_error("completed_on", "Choose Completed above, or clear this date")
        if typed.get("done") and typed.get("status") != ActionStatus.COMPLETED:
            self.add_error("done", "Choose Completed above, or clear this text")
        if typed.get("status") == ActionStatus.COMPLETED and not self.was_completed:
            self.require_what_was_done()
        return typed

    def require_what_was_done(self) -> None:
        if self.cleaned_data.get("completed_on", ...) is None:
            self.add_error("completed_on", "Enter when it was completed")
        if self.cleaned_data.get("done", ...) == "":
            self.add_error("done", "Enter what was done")

    @property
    def input(self) -> ActionInput:
        typed = self.cleaned_data
        return ActionInput(
            text=typed["text"],
            status=typed["status"],
            due_date=typed["due_date"],
            due_words=typed["due_words"],
            completed_on=typed["completed_on"],
            sensitivity=typed["sensitivity"],
            owners=typed["owners"],
            places=frozenset([*self.places_here(), *self.places_elsewhere()]),
            done=typed.get("done", ""),
        )

    def places_here(self) -> list[Place]:
        prompts = {prompt.position: prompt.pk for prompt in self.prompts}
        positions = self.cleaned_data.get("beside", [0])
        return [Place(self.home.pk, prompts.get(position)) for position in positions]

    def places_elsewhere(self) -> list[Place]:
        """At the prompts where it already stands; a question newly named gets it as a whole."""
        known = {place.question.pk: place.positions for place in self.elsewhere}
        return [
            Place(question.pk, prompt_at(question, position))
            for question in self.cleaned_data["also_at"]
            for position in known.get(question.pk, [0])
        ]


def prompt_at(question: Question, position: int) -> int | None:
    return next((p.pk for p in question.prompts.all() if p.position == position), None)


class RemoveActionForm(forms.Form):
    """`places`: the questions that the person may take it from; `everywhere`: those are all."""

    scope = forms.ChoiceField(
        label="Where should it be removed?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it should be removed"},
    )

    def __init__(
        self, data: QueryDict | None, *, places: Sequence[Question], everywhere: bool
    ) -> None:
        super().__init__(data)
        self.places = {question.ref: question for question in places}
        choices = [(ref, f"Only from question {ref}") for ref in self.places]
        if everywhere and len(places) > 1:
            choices.append((EVERYWHERE, "From every question of this cycle"))
        scope = cast(forms.ChoiceField, self.fields["scope"])
        scope.choices = choices
        if len(choices) == 1:
            scope.initial, scope.widget = choices[0][0], forms.HiddenInput()

    @property
    def question(self) -> Question | None:
        """None: all of them."""
        return self.places.get(self.cleaned_data["scope"])


class UpdateForm(KeptForm):
    dated_on = DateField("the date of the update", label="Date")
    text = LongTextField(
        label="Progress",
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what has happened"},
    )
    next_steps = LongTextField(label="Next steps", widget=forms.Textarea(attrs={"rows": 2}))
    quarter = forms.CharField(
        label="Quarter",
        help_text="Leave empty to take it from the date",
        required=False,
        max_length=20,
    )
    sensitivity = forms.ChoiceField(label="Who may read it", choices=Sensitivity.choices)
    completes = forms.BooleanField(
        label="This completes the action, on the date above", required=False
    )

    def __init__(self, *args: Any, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_open:
            del self.fields["completes"]

    def clean_dated_on(self) -> datetime.date:
        date: datetime.date = self.cleaned_data["dated_on"]
        if date > timezone.localdate():
            raise ValidationError("The date of the update must be today or in the past")
        return date

    @property
    def input(self) -> UpdateInput:
        typed = self.cleaned_data
        return UpdateInput(
            dated_on=typed["dated_on"],
            quarter=typed["quarter"] or quarter_of(typed["dated_on"]),
            text=typed["text"],
            next_steps=typed["next_steps"],
            sensitivity=typed["sensitivity"],
            completes=typed.get("completes", False),
        )
