"""Submitting, returning, signing off and reopening a cycle; challenges and their replies."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms

from assessments.forms.fields import LongTextField
from assessments.forms.govuk import GovukForm
from assessments.models import Cycle, Membership, Sensitivity, User
from assessments.permissions import Permission, roles_with
from assessments.presenters.challenges import choices
from assessments.services.review import DECLARATION

ROWS = {"rows": 4}


def sensitivity_field(about: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Who may read {about}", choices=Sensitivity.choices, initial=Sensitivity.PUBLIC
    )


class SaidForm(GovukForm):
    """A text and who may read it."""

    text = LongTextField(widget=forms.Textarea(attrs=ROWS))
    sensitivity = sensitivity_field("it")

    def shape(self) -> Sequence[Any]:
        return ["text", Field.select("sensitivity", field_width=Fluid.TWO_THIRDS)]


class ReasonForm(SaidForm):
    """Why a cycle moves. `question` labels the text; `required` tells what to say without it."""

    def __init__(
        self, *args: Any, question: str, button: str, required: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label = question
        text.required = bool(required)
        text.error_messages["required"] = required
        self.fields["sensitivity"].label = "Who may read this reason"
        self.button = button


class SignOffForm(GovukForm):
    declared = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": "Tick the declaration before you sign"},
    )
    note = LongTextField(
        label="Note for the record (optional)",
        help_text="It becomes part of the snapshot and can’t be changed.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    button = "Sign off"

    def shape(self) -> Sequence[Any]:
        return ["note", "declared"]


class ChallengeForm(SaidForm):
    about = forms.ChoiceField(
        label="What it is about", error_messages={"required": "Choose what it is about"}
    )
    addressed_to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label="Who should answer",
        empty_label="Whoever can",
    )
    field_order = ["about", "text", "addressed_to", "sensitivity"]
    button = "Ask"

    def __init__(
        self, *args: Any, members: Sequence[Membership], cycle: Cycle, **kwargs: Any
    ) -> None:
        """`members` with their users; only those who may reply are offered."""
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = choices(cycle)
        text = self.fields["text"]
        text.label, text.required = "Your question or challenge", True
        text.error_messages["required"] = "Write what you want to ask"
        able = set(roles_with(Permission.REPLY)) - set(roles_with(Permission.SIGN_OFF))
        users = [member.user for member in members if member.role in able]
        field = self.fields["addressed_to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[user.pk for user in users])

    def shape(self) -> Sequence[Any]:
        select = Field.select("addressed_to", field_width=Fluid.TWO_THIRDS)
        return ["about", "text", select, Field.select("sensitivity", field_width=Fluid.TWO_THIRDS)]


class ReplyForm(SaidForm):
    button = "Reply"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label, text.required = "Your reply", True
        text.error_messages["required"] = "Write your reply"
