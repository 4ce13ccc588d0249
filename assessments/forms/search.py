"""Finding a question by words."""

from django import forms

from assessments.search import words_of


class SearchForm(forms.Form):
    words = forms.CharField(
        max_length=200,
        error_messages={
            "required": "Enter a word or the number of a question",
            "max_length": "Enter fewer words: 200 letters at most",
        },
    )

    def clean_words(self) -> str:
        typed: str = self.cleaned_data["words"]
        if not words_of(typed):
            raise forms.ValidationError("Enter a word of two letters or more")
        return typed
