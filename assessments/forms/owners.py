"""Who does an action: several names, each in an input of its own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessments.models import User
from assessments.services.actions import OwnerInput

LONGEST_NAME = 200
BLANKS = 2


class OwnersWidget(forms.Widget):
    """Inputs for the names there are and some more, offering the council's members."""

    template_name = "assessments/widgets/owners.html"
    use_fieldset = True
    members: Sequence[User] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        names = [*(value or []), *[""] * BLANKS]
        context["widget"] |= {"names": names, "members": self.members}
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        values = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
        return [value for value in values if value.strip()]

    def id_for_label(self, id_: str) -> str:
        return ""


class OwnersField(forms.Field):
    """Members of the council are known by their name or e-mail address, and named in full."""

    widget = OwnersWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.members: dict[str, User] = {}

    def offer(self, members: Iterable[User]) -> None:
        people = list(members)
        self.widget.members = people
        self.members = {user.email.casefold(): user for user in people}
        self.members |= {user.name.casefold(): user for user in people}

    def clean(self, value: Any) -> frozenset[OwnerInput]:
        names = [" ".join(name.replace("\x00", "").split()) for name in value or []]
        if too_long := [name for name in names if len(name) > LONGEST_NAME]:
            raise ValidationError(
                f"A name must be {LONGEST_NAME} characters or fewer: “{too_long[0][:40]}…”"
            )
        owners: dict[str, OwnerInput] = {}
        for name in filter(None, names):
            user = self.members.get(name.casefold())
            owner = OwnerInput(user.name, user.pk) if user else OwnerInput(name)
            owners.setdefault(owner.name.casefold(), owner)
        return frozenset(owners.values())
