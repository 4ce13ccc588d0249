"""Rows of the board's tables, drawn without a template loop for each of their hundred cells."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from assessments.record import Decision
from assessments.templatetags.design import rating

register = template.Library()
Became = tuple[tuple[int, Decision], ...]  # ratings by the number of an earlier edition

NOT_ASKED = mark_safe('<span class="app-muted">Not in this edition</span>')


@register.filter
def figure_cells(cells: Iterable[tuple[str, int, str]]) -> SafeString:
    """Cells of numbers, each with its heading for narrow screens and, unless it is 0, a link to
    its rows."""
    return format_html_join(
        "",
        '<td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-label="{}">'
        "{}</td>",
        ((heading, figure(number, href, heading)) for heading, number, href in cells),
    )


@register.simple_tag
def figure(number: int, href: str, of: str) -> SafeString | str:
    """Text, because a template would look up the language for every number. `of`: what is
    counted, for those who hear the link alone."""
    if not number:
        return "0"
    return format_html(
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>',
        href,
        str(number),
        of.lower(),
    )


@register.filter
def rating_cells(pairs: Iterable[tuple[str, Decision | None, Became]]) -> SafeString:
    """Cells of ratings, each with its heading; None: the benchmark isn't in that edition, but
    others may have become it."""
    return format_html_join(
        "",
        '<td class="govuk-table__cell" role="cell" data-label="{}">{}</td>',
        (
            (label, rating(decision) if decision else earlier(became))
            for label, decision, became in pairs
        ),
    )


@register.filter
def latest_first(pairs: Iterable[tuple[str, Decision | None, Became]]) -> SafeString:
    """The ratings of a benchmark under each other for a phone, where a chart would show the
    oldest cycle and hide the latest."""
    return format_html_join(
        "",
        '<span class="app-heat-list__cycle"><span class="app-muted">{}</span> {}</span>',
        (
            (period, rating(decision) if decision else earlier(became))
            for period, decision, became in reversed(list(pairs))
        ),
    )


def earlier(became: Became) -> SafeString:
    if not became:
        return NOT_ASKED
    cells = ((number, rating(decision)) for number, decision in became)
    return format_html_join(mark_safe("<br>"), "{}: {}", cells)
