"""The parts of a drafted edition, one form each.

A draft may be incomplete, so nothing is required here: what is missing is said on the page of
the draft, by the same check that a file passes.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import slugify

from assessments.drafted import Content
from assessments.forms.edition_fields import (
    PartForm,
    RowsForm,
    as_lines,
    lines_of,
    long_text,
    short_text,
    stripped,
)
from assessments.forms.govuk import DateField
from assessments.models import DraftPartKind
from benchmarks.models import Question, RatingLevel

WEB_ADDRESS = re.compile(r"https?://\S")


class AboutForm(PartForm):
    NAMES = ["title", "slug", "description", "publisher", "source_title", "source_url"]
    NAMES += ["licence", "attribution"]

    title = short_text("Title", "As it stands wherever the toolkit is named", longest=200)
    slug = short_text("Short name in web addresses", "Small letters, figures and single hyphens")
    description = long_text("What it is, in a sentence or two (optional)")
    publisher = short_text("Published by", "Whose wording it is", longest=200)
    issued_on = DateField(
        "the date of issue",
        label="Date of issue",
        help_text="For example, 7 9 2023",
        required=False,
    )
    source_title = short_text("Title of the document that the wording comes from")
    source_url = short_text("Web address of that document", "It starts with https://", longest=500)
    licence = short_text("Licence of the wording", longest=200)
    attribution = long_text("Attribution", "Printed wherever the wording is")
    says = long_text("How a benchmark’s rating is suggested, in a sentence", rows=2)
    categories = forms.MultipleChoiceField(
        label="Which questions the suggestion looks at",
        choices=Question.Category.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    otherwise = forms.MultipleChoiceField(
        label="Where a benchmark has none of those",
        choices=Question.Category.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    feeds = long_text(
        "Benchmarks of other toolkits that its results are evidence for (optional)",
        "Their short titles, one a line, for example Channel panel",
        rows=2,
    )
    corrects = short_text(
        "Which toolkit it corrects (optional)",
        "The short name of that toolkit. No new cycle can be started on what has been corrected; "
        "cycles under way stay with it.",
    )

    def initial_of(self, content: Content) -> dict[str, Any]:
        rule = content.get("roll_up", {})
        return {
            **super().initial_of(content),
            "issued_on": date_of(content.get("issued_on", "")),
            "says": rule.get("says", ""),
            "categories": rule.get("categories", []),
            "otherwise": rule.get("otherwise", []),
            "feeds": as_lines(content.get("feeds", [])),
            "corrects": content.get("corrects", ""),
        }

    def typed(self) -> Content:
        date: datetime.date | None = self.cleaned_data["issued_on"]
        names = ("categories", "otherwise", "says")
        rule = {name: stripped(self.cleaned_data[name]) for name in names}
        return {
            **super().typed(),
            "issued_on": date.isoformat() if date else "",
            "feeds": lines_of(self.cleaned_data["feeds"]),
            "corrects": self.cleaned_data["corrects"].strip(),
            "roll_up": {"rule": "worst"} | {name: value for name, value in rule.items() if value},
        }


def date_of(iso: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(iso)
    except ValueError:
        return None


class BenchmarkForm(PartForm):
    NAMES = ["number", "short_title", "statement", "outcome"]

    number = forms.IntegerField(label="Number", min_value=1, max_value=999, required=False)
    short_title = short_text("Short title", "As on front sheets", longest=100)
    statement = long_text("Statement", "The benchmark itself")
    outcome = long_text("Outcome (optional)")
    summary = long_text("Guidance in plain words", rows=4)
    look_for = long_text("What good evidence looks like", "One point a line", rows=5)
    links = long_text(
        "Official sources (optional)",
        "One a line: its title, a space, and its web address starting with https://",
    )

    def initial_of(self, content: Content) -> dict[str, Any]:
        guidance = content.get("guidance", {})
        links = [f"{each['title']} {each['url']}" for each in guidance.get("links", [])]
        return {
            **super().initial_of(content),
            "summary": guidance.get("summary", ""),
            "look_for": as_lines(guidance.get("look_for", [])),
            "links": as_lines(links),
        }

    def typed(self) -> Content:
        typed = super().typed()
        if typed["number"] is None:
            del typed["number"]
        guidance = {
            "summary": self.cleaned_data["summary"].strip(),
            "look_for": lines_of(self.cleaned_data["look_for"]),
            "links": [link_of(each) for each in lines_of(self.cleaned_data["links"])],
        }
        if not guidance["summary"]:
            del guidance["summary"]
        return {**typed, "guidance": guidance}


def link_of(typed: str) -> dict[str, str]:
    """Its last word, from where that becomes a web address, and all that stands before."""
    match = WEB_ADDRESS.search(typed.split()[-1])
    url = match.string[match.start() :] if match else ""
    return {"title": typed.removesuffix(url).rstrip(), "url": url}


class QuestionPartForm(RowsForm):
    NAMES = ["ref", "category", "text"]
    ROW, NEEDED = "prompt", "text"

    ref = short_text("Number", "The number of its benchmark, a dot and a number, for example 7.1")
    category = forms.ChoiceField(
        label="Category",
        choices=Question.Category.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    text = long_text("Question")
    several = long_text("Add several prompts at once (optional)", "One a line", rows=4)

    def rows_of(self, content: Content) -> list[Mapping[str, Any]]:
        return [{"text": each} for each in content.get("prompts", [])]

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        return {"text": long_text(f"Prompt {number}", rows=2), **super().row_fields(number)}

    def typed(self) -> Content:
        prompts = [row["text"].strip() for _, row in self.typed_rows()]
        prompts += lines_of(self.cleaned_data["several"])
        return {**super().typed(), "prompts": prompts}

    def words(self, content: Content) -> list[tuple[str, str]]:
        prompts = enumerate(content.get("prompts", []), start=1)
        listed = "\n".join(f"{number}. {each}" for number, each in prompts)
        return [*super().words(content), ("Prompts", listed)]


class ScaleForm(RowsForm):
    NAMES = ["name", "slug"]
    ROW, NEEDED = "level", "label"

    name = short_text("Name of the scale", longest=100)
    slug = short_text("Short name", "Small letters, figures and single hyphens", longest=60)

    def rows_of(self, content: Content) -> list[Mapping[str, Any]]:
        return list(content.get("levels", []))

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        return {
            "label": short_text(f"Level {number}, from the lowest", longest=60),
            "colour": forms.ChoiceField(
                label=f"Colour of level {number}",
                choices=RatingLevel.Colour.choices,
                required=False,
            ),
            "met": forms.BooleanField(
                label=f"An expectation at level {number} counts as met", required=False
            ),
            "meaning": long_text(f"What level {number} means", rows=2),
            **super().row_fields(number),
        }

    def typed(self) -> Content:
        levels = [self.level(number, rank, row) for rank, (number, row) in self.ranked()]
        return {**super().typed(), "levels": levels}

    def ranked(self) -> "enumerate[tuple[int, dict[str, Any]]]":
        return enumerate(self.typed_rows(), start=1)

    def level(self, number: int, rank: int, row: Mapping[str, Any]) -> Content:
        stored = self.stored[number - 1] if number <= len(self.stored) else {}
        return {
            "slug": stored.get("slug") or slugify(row["label"])[:60],
            "label": row["label"].strip(),
            "rank": rank,
            "colour": row["colour"],
            "met": row["met"],
            "meaning": row["meaning"].strip(),
        }

    def words(self, content: Content) -> list[tuple[str, str]]:
        levels = content.get("levels", [])
        listed = "\n".join(f"{each['label']}: {each['meaning']}" for each in levels)
        return [*super().words(content), ("Levels", listed)]


FORMS: Mapping[str, type[PartForm]] = {
    DraftPartKind.ABOUT: AboutForm,
    DraftPartKind.SCALE: ScaleForm,
    DraftPartKind.BENCHMARK: BenchmarkForm,
    DraftPartKind.QUESTION: QuestionPartForm,
}
