"""The choices that a question page repeats for every prompt.

Drawn here, because a page of eight prompts holds over four hundred of them, and loops in
templates would take half of its time.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from assessments.forms.answers import NOT_APPLICABLE
from assessments.models import Sensitivity
from assessments.record import NOT_DECIDED
from assessments.templatetags.design import shape
from benchmarks.models import RatingLevel

register = template.Library()

CHECKED = mark_safe(" checked")
SELECTED = mark_safe(" selected")


@register.simple_tag
def rating_options(name: str, id: str, levels: Iterable[RatingLevel], value: str) -> SafeString:
    """A radio for each level, for “not applicable” and for “not decided” (the empty value).

    The first one has the bare `id`, so that an error can link to it.
    """
    options = [
        *((level.slug, level.label, level.colour, level.colour) for level in levels),
        (NOT_APPLICABLE, "Not applicable", "grey", "not-applicable"),
        ("", NOT_DECIDED, "grey", ""),
    ]
    return format_html_join(
        "",
        '<div class="app-rating__option app-level--{0}"><input class="app-rating__input{1}" '
        'type="radio" name="{2}" id="{3}" value="{4}"{5}>'
        '<label class="app-rating__label" for="{3}">{6}{7}</label></div>',
        (
            (
                colour,
                " app-rating__input--na" if slug == NOT_APPLICABLE else "",
                name,
                f"{id}-{slug or 'undecided'}" if place else id,
                slug,
                CHECKED if slug == (value or "") else "",
                shape(drawing),
                label,
            )
            for place, (slug, label, colour, drawing) in enumerate(options)
        ),
    )


@register.simple_tag
def tick_boxes(
    name: str, choices: Iterable[tuple[int, str]], ticked: Collection[int]
) -> SafeString:
    """One for each (value, words)."""
    return format_html_join(
        "",
        '<div class="app-also__item"><input type="checkbox" name="{0}" id="{0}-{1}" value="{1}"{2}>'
        '<label for="{0}-{1}">{3}</label></div>',
        ((name, value, CHECKED if value in ticked else "", words) for value, words in choices),
    )


@register.simple_tag
@lru_cache(maxsize=16)
def sensitivity_options(chosen: str) -> SafeString:
    """Who may read a text."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SELECTED if value == chosen else "", words)
            for value, words in Sensitivity.choices
        ),
    )
