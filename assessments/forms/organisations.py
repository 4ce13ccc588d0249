"""The organisation that each person of a council answers for, all on one page."""

from collections.abc import Iterator, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from assessments.models import Membership
from assessments.services.organisations import Named

LONGEST = 100
SUGGESTED = {"list": "organisations", "autocomplete": "off", "spellcheck": "false"}


class OrganisationField(forms.CharField):
    """One line, its spaces tidied."""

    def __init__(self, label: str, help_text: str = "") -> None:
        message = f"An organisation must be {LONGEST} characters or fewer"
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=LONGEST,
            error_messages={"max_length": message},
            widget=forms.TextInput(attrs=SUGGESTED),
        )
        del self.widget.attrs["maxlength"]  # a browser would cut off what is pasted

    def clean(self, value: str) -> str:
        tidied: str = super().clean(" ".join((value or "").split()))
        return tidied


class OrganisationsForm(forms.Form):
    """`people`: with their users. Each field carries what it was opened with."""

    def __init__(self, people: Sequence[Membership], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.people = people
        for person in people:
            hint = f"{person.get_role_display()}, {person.user.email}"
            self.fields[name_of(person)] = OrganisationField(person.user.name, hint)
            self.initial[name_of(person)] = person.organisation

    @property
    def named(self) -> dict[int, Named]:
        """Of those who stood on the page: whoever has joined meanwhile is left alone."""
        return {
            person.pk: Named(self.opened_with(person), self.cleaned_data[name_of(person)])
            for person in self.people
            if name_of(person) in self.data
        }

    def opened_with(self, person: Membership) -> str:
        return str(self.data.get(f"was-{person.pk}", person.organisation))

    def overtaken(self, problem: ValidationError) -> None:
        """Beside the person's field; the next save has seen what stands there now."""
        for key, messages in problem.message_dict.items():
            self.add_error(f"organisation-{key}", messages)

    @property
    def missing(self) -> list[tuple[BoundField, Membership]]:
        return [row for row in self.rows() if not row[1].organisation]

    @property
    def given(self) -> list[tuple[BoundField, Membership]]:
        return [row for row in self.rows() if row[1].organisation]

    def rows(self) -> Iterator[tuple[BoundField, Membership]]:
        return ((self[name_of(person)], person) for person in self.people)

    @property
    def error_links(self) -> list[tuple[str, str]]:
        return [
            (self[name].auto_id, f"{self.fields[name].label}: {message}")
            for name, messages in self.errors.items()
            for message in messages
        ]


def name_of(person: Membership) -> str:
    return f"organisation-{person.pk}"
