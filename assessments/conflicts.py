"""The conflict page: both texts one above the other, and neither lost.

A form that met a stale save is shown as clashes. Each carries what the person had typed as
hidden fields, with the version that stands now, and three choices. Posting the page back to
the form's own address comes through `chosen`, which turns the choices into plain form data.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from assessments.words import Piece, word_diff

THEIRS, MINE, TOGETHER = "theirs", "mine", "together"
TOGETHER_SUFFIX = "-together"


@dataclass(frozen=True)
class Side:
    """One part of a record in words, as it was typed by both."""

    label: str
    theirs: str
    mine: str

    @property
    def pieces(self) -> list[Piece]:
        return word_diff(self.theirs, self.mine)


@dataclass(frozen=True)
class Clash:
    """One record that two people changed.

    `prefix` is the prefix of its form's fields, "" where there is none; `fields` are the
    names and values to post again when mine is kept. `text_field` names the field whose text
    can be edited together.
    """

    prefix: str
    heading: str
    sides: Sequence[Side]
    fields: Sequence[tuple[str, str]]
    by: str = ""
    at: datetime.datetime | None = None
    text_field: str = ""
    together: str = ""

    @property
    def choice_name(self) -> str:
        return f"{self.prefix}-keep" if self.prefix else "keep"

    @property
    def together_name(self) -> str:
        return f"{self.text_field}{TOGETHER_SUFFIX}"


def both_texts(theirs: str, mine: str) -> str:
    """Where editing together starts from."""
    return "\n\n".join(text for text in (theirs, mine) if text)


def chosen(data: QueryDict) -> QueryDict:
    """Form data after the choices of a conflict page; itself where there were none.

    Where theirs is kept, the record's fields are left out.
    """
    result = data.copy()
    choices = [name for name in data if name == "keep" or name.endswith("-keep")]
    prefixes = [name.removesuffix("keep") for name in choices]
    for name, prefix in zip(choices, prefixes, strict=True):
        if data[name] == THEIRS:
            for other in fields_under(prefix, result, prefixes):
                del result[other]
        elif data[name] == TOGETHER:
            for other in fields_under(prefix, result, prefixes):
                if other.endswith(TOGETHER_SUFFIX):
                    result[other.removesuffix(TOGETHER_SUFFIX)] = data.get(other, "")
        result.pop(name, None)
    return result


def fields_under(prefix: str, data: QueryDict, prefixes: Sequence[str]) -> list[str]:
    """Not those of a record whose longer prefix begins alike."""
    longer = tuple(each for each in prefixes if each != prefix and each.startswith(prefix))
    return [each for each in data if each.startswith(prefix) and not each.startswith(longer)]


def conflict_page(
    request: HttpRequest, clashes: Sequence[Clash], *, title: str, back: str, saved: int = 0
) -> HttpResponse:
    """`saved`: how many other changes of the same form were saved."""
    context = {
        "clashes": clashes,
        "title": title,
        "back": back,
        "saved": saved,
        "draft_token": request.POST.get("draft_token", ""),
    }
    return render(request, "assessments/conflict.html", context, status=409)
