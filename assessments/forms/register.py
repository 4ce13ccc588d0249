"""What is given to the actions that are ticked on the register."""

from collections.abc import Iterable, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessments.forms.govuk import DateField, focus_id
from assessments.forms.owners import LONGEST_NAME, OwnersField
from assessments.models import User
from assessments.services.actions import OwnerInput

MOST_TICKS = 100


class TicksField(forms.Field):
    """Actions with the version that each was shown with: “12:3”."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Sequence[str] | None) -> dict[int, int]:
        pairs = [each.partition(":") for each in (value or [])[:MOST_TICKS]]
        ticks = {
            int(pk): int(version)
            for pk, _, version in pairs
            if is_number(pk) and is_number(version)
        }
        if not ticks:
            raise ValidationError("Tick the actions that you want to change")
        return ticks


def is_number(text: str) -> bool:
    """One that a database's key can be."""
    return text.isascii() and text.isdigit() and len(text) < 18


class GiveForm(forms.Form):
    action = TicksField()

    @property
    def ticked(self) -> set[str]:
        return {*self["action"].value()} if self.is_bound else set()

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """Where each error can be put right. Ticks: at the first of them."""
        return [
            ("tick-1" if name == "action" else focus_id(self[name], str(message)), str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]


class GiveOwnerForm(GiveForm):
    owner = forms.CharField(
        label="Owner",
        help_text="A person, a post or a partner",
        max_length=LONGEST_NAME,
        error_messages={"required": "Enter who will do it"},
        widget=forms.TextInput(attrs={"list": "members", "autocomplete": "off"}),
    )
    instead = forms.BooleanField(label="In place of the owners there are", required=False)

    def __init__(self, data: QueryDict | None = None, *, members: Iterable[User] = ()) -> None:
        super().__init__(data)
        self.members = members

    def clean_owner(self) -> OwnerInput:
        """A colleague is known by their name or e-mail address."""
        known = OwnersField()
        known.offer(self.members)
        owners = known.clean([self.cleaned_data["owner"]])
        if not owners:
            raise ValidationError("Enter who will do it")
        return next(iter(owners))


class GiveDateForm(GiveForm):
    due_date = DateField("the due date", label="Due date", help_text="For example, 31 3 2026")
