"""Ordinary forms, drawn by crispy-forms-gds, with the date field that they share."""

import datetime
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Button, Field, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict

from assessments import unsent


class GovukForm(forms.Form):
    """A form that `{% crispy form %}` draws whole, with its button.

    `error_links` is for components/error_summary.html: crispy-forms-gds links an error of
    radios or of a whole date to an id that no control has.
    """

    button = "Save"
    is_posted = True  # else it is part of an address

    def shape(self) -> Sequence[Any]:
        """The fields in order, each a name or a crispy layout object."""
        return list(self.fields)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.label_size = helper.legend_size = Size.SMALL
        helper.attrs = {"novalidate": True}
        fields = [each if isinstance(each, Field) else Field(each) for each in self.shape()]
        for field in fields:  # as components/field.html draws them
            field.context.update(radios_small=True, checkboxes_small=True)
        helper.layout = Layout(
            *([HTML(f"{{{{ {unsent.FIELD} }}}}")] if self.is_posted else []),
            *fields,
            Button("save", self.button, data_prevent_double_click="true"),
        )
        return helper

    @property
    def error_links(self) -> list[tuple[str, str]]:
        """Where each error can be put right: the id of a control, and the message."""
        links = [(focus_id(self[name], message), message) for name, message in self.field_errors()]
        visible = self.visible_fields()
        first = focus_id(visible[0]) if visible else ""
        return [(first, str(message)) for message in self.non_field_errors()] + links

    def field_errors(self) -> list[tuple[str, str]]:
        return [
            (name, str(message)) for name in self.fields for message in self.errors.get(name, [])
        ]


def focus_id(field: BoundField, message: str = "") -> str:
    """The id of the control that the message is about: the first of several."""
    if isinstance(field.field, DateField):
        return f"{field.auto_id}_{field.field.part_of(message)}"
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_1"
    return field.auto_id


class DateField(DateInputField):  # type: ignore[misc]
    """Day, month and year in boxes of their own. `name` stands in its messages: “the closing
    date must be …”."""

    PARTS = ("day", "month", "year")

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(require_all_fields=False, **kwargs)
        self.name = name
        self.error_messages["required"] = f"Enter {name}"
        for part, field, inner in zip(self.PARTS, self.fields, self.widget.widgets, strict=True):
            missing = f"{sentence(name)} must include a {part}"
            field.error_messages.update(incomplete=missing, required=missing)
            field.widget.errors = []
            field.validators = []
            inner.attrs["inputmode"] = "numeric"

    def part_of(self, message: str) -> int:
        """Which box a message is about: the first where it is about the whole date."""
        about = (place for place, part in enumerate(self.fields) if message in part.widget.errors)
        return next(about, 0)

    def compress(self, data_list: Sequence[str | None]) -> datetime.date | None:
        if not any(data_list):
            return None
        day, month, year = (number(part) for part in data_list)
        if 0 < year < 1000:
            raise self.wrong("year", "must have its year in full, for example 2026")
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise self.wrong(wrong_part(day, month, year), "must be a real date") from None

    def wrong(self, part: str, says: str) -> ValidationError:
        """An error about the whole date, whose link leads to the box at fault."""
        message = f"{sentence(self.name)} {says}"
        self.fields[self.PARTS.index(part)].widget.errors.append(message)
        return ValidationError(message)


def wrong_part(day: int, month: int, year: int) -> str:
    """The first part that no date has; the day where it is only its month that lacks it."""
    if not 1 <= day <= 31:
        return "day"
    if not 1 <= month <= 12:
        return "month"
    return "day" if year else "year"


def number(typed: str | None) -> int:
    """What stands in one box; 0, which is no part of any date, for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 5 else 0


def sentence(name: str) -> str:
    return name[:1].upper() + name[1:]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: even a POST without fields is one."""
    return request.POST if request.method == "POST" else None
