"""Saying what the texts of a document's row are, and how the row is rated."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from assessments.forms.govuk import GovukForm
from assessments.imports.word.entries import Entry, Role
from assessments.imports.word.marks import Mark, mark_in
from assessments.record import Level

NOT_RATED, NOT_APPLICABLE = "", "n/a"


class TextsForm(GovukForm):
    """A field for each text of the row, `roles` being what it can be, and one for its rating."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        entry: Entry,
        levels: Sequence[Level],
        roles: Sequence[tuple[str, str]],
        data: QueryDict | None,
    ) -> None:
        super().__init__(data, initial={"version": entry.version})
        self.entry, self.levels = entry, levels
        for index, part in enumerate(entry.parts):
            self.fields[self.name_of(index)] = text_field(index, part.role, roles)
        self.fields["rating"] = rating_field(entry, levels)

    @staticmethod
    def name_of(index: int) -> str:
        return f"text-{index}"

    @property
    def texts(self) -> list[tuple[str, BoundField]]:
        return [(part.text, self[self.name_of(n)]) for n, part in enumerate(self.entry.parts)]

    def clean(self) -> dict[str, Any]:
        """A text that is said to be the rating says which one, or a person does."""
        if "rating" in self.cleaned_data and not self.mark:
            said = " ".join(self.ratings)
            if said and self.cleaned_data.get("version") == self.entry.version:
                problem = f"Choose the rating that “{said}” stands for"
                self.add_error("rating", ValidationError(problem))
        return self.cleaned_data

    @property
    def roles(self) -> dict[int, Role]:
        """Once it has been checked."""
        names = {index: self.name_of(index) for index, _ in enumerate(self.entry.parts)}
        return {n: Role(self.cleaned_data[name]) for n, name in names.items()}

    @property
    def ratings(self) -> list[str]:
        chosen = [self.cleaned_data.get(self.name_of(n)) for n, _ in enumerate(self.entry.parts)]
        told = zip(self.entry.parts, chosen, strict=True)
        return [part.text for part, role in told if role == Role.RATING]

    @property
    def mark(self) -> Mark:
        """As chosen; else as the words say that are called the rating."""
        chosen = self.cleaned_data["rating"]
        if chosen == NOT_APPLICABLE:
            return Mark(not_applicable=True)
        read = (mark_in(text, self.levels) for text in self.ratings)
        return Mark(chosen) if chosen else next(filter(None, read), Mark())


def text_field(index: int, role: Role, roles: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return select(f"What text {index + 1} is", roles, role.value)


def rating_field(entry: Entry, levels: Sequence[Level]) -> forms.ChoiceField:
    rated = [(level.slug, level.label) for level in levels]
    choices = [(NOT_RATED, "Not rated"), *rated, (NOT_APPLICABLE, "Not applicable")]
    now = NOT_APPLICABLE if entry.not_applicable else entry.rating
    return select("How the row is rated", choices, now, required=False)


def select(
    label: str, choices: Sequence[tuple[str, str]], now: str, *, required: bool = True
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        initial=now,
        required=required,
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose one of these"},
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
