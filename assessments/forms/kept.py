"""Forms that show a draft as it was typed, without complaining before it is sent."""

from django import forms
from django.forms.utils import ErrorDict


class KeptForm(forms.Form):
    def unchecked(self) -> None:
        """From now on the form shows what it is bound to and no errors."""
        self._errors = ErrorDict()
