"""The choices that a question page repeats for every prompt.

Drawn here, because a page of eight prompts holds over four hundred of them, and loops in
templates would take half of its time.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from assessments.forms.answers import NOT_APPLICABLE
from assessments.models import Sensitivity
from assessments.presenters.answers import EvidenceBlock
from assessments.record import NOT_DECIDED
from assessments.templatetags.design import shape
from benchmarks.models import RatingLevel

register = template.Library()

CHECKED = mark_safe(" checked")
SELECTED = mark_safe(" selected")


@register.simple_tag
def rating_radios(
    name: str, id: str, levels: Iterable[RatingLevel], value: str, error: str = ""
) -> SafeString:
    """The rating of a prompt or a benchmark: a radio for each level, with its shape and word,
    then “not applicable” and “not decided” (the empty value).

    The first one has the bare `id`, so that an error can link to it. Inside .app-na-scope an
    element .app-na-reason shows only while “Not applicable” is chosen.
    """
    shown = tuple((level.slug, level.label, level.colour) for level in levels)
    return format_html(
        '<fieldset class="app-rating{}"{}><legend class="app-rating__legend">Rating</legend>{}'
        '<div class="app-rating__options">{}</div></fieldset>',
        " govuk-form-group--error" if error else "",
        format_html(' aria-describedby="{}-error"', id) if error else "",
        error_message(f"{id}-error", error) if error else "",
        format_html(rating_pattern(shown, value or ""), name=name, id=id),
    )


def error_message(id: str, error: str) -> SafeString:
    return format_html(
        '<p class="govuk-error-message" id="{}"><span class="govuk-visually-hidden">Error:</span> '
        "{}</p>",
        id,
        error,
    )


@lru_cache(maxsize=256)
def rating_pattern(levels: tuple[tuple[str, str, str], ...], value: str) -> str:
    """The radios with `{name}` and `{id}` still to be filled in: all else is the same for every
    prompt rated alike."""
    options = [
        *((slug, label, colour, colour) for slug, label, colour in levels),
        (NOT_APPLICABLE, "Not applicable", "grey", "not-applicable"),
        ("", NOT_DECIDED, "grey", ""),
    ]
    return format_html_join(
        "",
        '<div class="app-rating__option app-level--{0}"><input class="app-rating__input{1}" '
        'type="radio" name="{{name}}" id="{{id}}{2}" value="{3}"{4}>'
        '<label class="app-rating__label" for="{{id}}{2}">{5}{6}</label></div>',
        (
            (
                colour,
                " app-rating__input--na" if slug == NOT_APPLICABLE else "",
                f"-{slug or 'undecided'}" if place else "",
                slug,
                CHECKED if slug == value else "",
                shape(drawing),
                literal(label),
            )
            for place, (slug, label, colour, drawing) in enumerate(options)
        ),
    )


@register.simple_tag
def tick_boxes(
    name: str, choices: tuple[tuple[int, str], ...], ticked: Collection[int]
) -> SafeString:
    """One for each (value, words)."""
    chosen = tuple(value for value, _ in choices if value in ticked)
    return format_html(ticks_pattern(choices, chosen), name=name)


@lru_cache(maxsize=1024)
def ticks_pattern(choices: tuple[tuple[int, str], ...], ticked: tuple[int, ...]) -> str:
    """The boxes with `{name}` still to be filled in."""
    return format_html_join(
        "",
        '<div class="app-also__item"><input type="checkbox" name="{{name}}" id="{{name}}-{0}" '
        'value="{0}"{1}><label for="{{name}}-{0}">{2}</label></div>',
        ((value, CHECKED if value in ticked else "", literal(words)) for value, words in choices),
    )


def literal(words: str) -> str:
    """As they stand, in a pattern that is filled in later."""
    return words.replace("{", "{{").replace("}", "}}")


@register.simple_tag
@lru_cache(maxsize=1024)
def blank_evidence(evidence: EvidenceBlock, about: str) -> SafeString:
    """Fields for a statement that nobody has begun. They hold an edition's wording and nothing
    of a council, so they are drawn once for each prompt."""
    context = {"evidence": evidence, "about": about}
    return render_to_string("assessments/_evidence_fields.html", context)


@register.simple_tag
def sensitivity_field(name: str, value: str, about: str) -> SafeString:
    """Who may read a text. `name` is also the field's id; `about`: what, in words."""
    return format_html(
        '<div class="govuk-form-group app-sensitivity">'
        '<label class="govuk-label" for="{0}">Who may read {1}</label>'
        '<select class="govuk-select" id="{0}" name="{0}">{2}</select></div>',
        name,
        about,
        sensitivity_options(value),
    )


@lru_cache(maxsize=16)
def sensitivity_options(chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SELECTED if value == chosen else "", words)
            for value, words in Sensitivity.choices
        ),
    )
