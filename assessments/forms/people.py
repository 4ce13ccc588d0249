"""Adding somebody, and changing their role."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fluid
from django import forms

from assessments.forms.govuk import GovukForm
from assessments.forms.organisations import OrganisationField
from assessments.models import Role

WHAT_EACH_MAY = {
    Role.LEAD: "Completes the whole self-assessment, assigns questions, manages people.",
    Role.CONTRIBUTOR: "Answers the questions assigned to them, reads the rest.",
    Role.REVIEWER: "Reads everything, restricted text included.",
    Role.PUBLISHER: "Reads everything and downloads it for committee papers.",
    Role.VIEWER: "Sees front sheets and public documents only.",
}


def role_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        coerce=Role,
        label="Role",
        choices=[Choice(role.value, role.label, hint=WHAT_EACH_MAY[role]) for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )


class AddPersonForm(GovukForm):
    name = forms.CharField(
        label="Name",
        max_length=200,
        error_messages={"required": "Enter the person’s name"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="They get a link there to choose their password.",
        error_messages={
            "required": "Enter the person’s e-mail address",
            "invalid": "Enter an e-mail address such as name@example.gov.uk",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = role_field()
    organisation = OrganisationField(
        "Organisation (optional)", "The council itself, or the partner that they answer for."
    )
    button = "Add this person"

    def shape(self) -> Sequence[Any]:
        return [
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Field.text("email", field_width=Fluid.TWO_THIRDS),
            "role",
            Field.text("organisation", field_width=Fluid.TWO_THIRDS),
        ]


class ChangeRoleForm(GovukForm):
    role = role_field()
    button = "Save the role"
