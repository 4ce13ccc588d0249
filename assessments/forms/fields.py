"""Fields that more than one journey uses."""

from typing import Any

from django import forms

LONGEST_TEXT = 20_000


class LongTextField(forms.CharField):
    """Text kept as typed, with one kind of line end. NUL, which no database column for text
    holds and no keyboard types, is left out."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        kwargs.setdefault("strip", False)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""
