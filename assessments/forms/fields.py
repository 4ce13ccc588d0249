"""Fields that more than one journey uses."""

import functools
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.models import Sensitivity

LONGEST_TEXT = 20_000


class LongTextField(forms.CharField):
    """Text kept as typed, with one kind of line end. NUL, which no database column for text
    holds and no keyboard types, is left out."""

    widget = forms.Textarea

    def __init__(self, longest: int = LONGEST_TEXT, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        # Not `max_length`: a browser would cut off what is pasted, without a word.
        self.validators.append(functools.partial(refuse_longer, longest))

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""


def refuse_longer(longest: int, text: str) -> None:
    if len(text) > longest:
        raise ValidationError(
            f"Shorten this to {longest:,} characters or fewer: it has {len(text):,}"
        )


class SensitivityChoice(forms.CharField):
    """A known sensitivity, or nothing. Not a ChoiceField, of which every form copies all the
    choices."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and value not in Sensitivity.values:
            raise ValidationError("Choose who may read it from the list")
