"""Giving questions to people."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.models import Membership, User
from assessments.progress import QuestionProgress

NOBODY = "nobody"


class AssignForm(forms.Form):
    """Ticked questions, and whole benchmarks, to one person or to nobody."""

    refs = forms.MultipleChoiceField(required=False)
    benchmarks = forms.TypedMultipleChoiceField(coerce=int, required=False)
    assignee = forms.ChoiceField(
        error_messages={
            "required": "Choose who gets the ticked questions",
            "invalid_choice": "That person can’t answer questions here: choose another",
        }
    )

    def __init__(
        self, questions: Sequence[QuestionProgress], people: Iterable[Membership], *args: Any
    ) -> None:
        """`people` with their users."""
        super().__init__(*args)
        self.questions = questions
        self.people = {str(each.user.pk): each for each in people}
        self.offer("refs", [(each.ref, each.ref) for each in questions])
        self.offer("benchmarks", [(n, str(n)) for n in {each.benchmark for each in questions}])
        names = [(key, named(each)) for key, each in self.people.items()]
        self.offer("assignee", [("", "Choose a person"), *names, (NOBODY, "Nobody")])

    def offer(self, name: str, choices: Sequence[tuple[str | int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        if not self.chosen_refs and "refs" not in self.errors:
            raise ValidationError({"refs": "Tick at least one question"})
        return self.cleaned_data

    @property
    def chosen_refs(self) -> list[str]:
        refs = set(self.cleaned_data.get("refs", []))
        whole = set(self.cleaned_data.get("benchmarks", []))
        return [q.ref for q in self.questions if q.ref in refs or q.benchmark in whole]

    @property
    def person(self) -> User | None:
        chosen = self.people.get(self.cleaned_data["assignee"])
        return chosen.user if chosen else None

    @property
    def with_organisations(self) -> list[QuestionProgress]:
        """The questions, each with whom its person answers for."""
        return [
            replace(each, assignee=named(self.people[str(each.assignee_id)]))
            if str(each.assignee_id) in self.people
            else each
            for each in self.questions
        ]

    @property
    def ticked_refs(self) -> set[str]:
        return set(self["refs"].value() or [])

    @property
    def ticked_benchmarks(self) -> set[str]:
        return {str(number) for number in self["benchmarks"].value() or []}

    @property
    def error_links(self) -> list[tuple[str, str]]:
        first_tick = f"question-{self.questions[0].ref}" if self.questions else ""
        return [
            ("id_assignee" if name == "assignee" else first_tick, str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]


def named(person: Membership) -> str:
    """“Callum Ferris (Police)”."""
    name = str(person.user)
    return f"{name} ({person.organisation})" if person.organisation else name
