"""Rows of the board's tables, drawn without a template loop for each of their hundred cells."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from assessments.record import Decision
from assessments.templatetags.design import rating

register = template.Library()
Became = tuple[tuple[int, Decision], ...]  # ratings by the number of an earlier edition

NOT_ASKED = mark_safe('<span class="app-muted">Not in this edition</span>')


@register.filter
def figure_cells(pairs: Iterable[tuple[str, str]]) -> SafeString:
    """Cells of numbers, each with its heading for narrow screens."""
    return format_html_join(
        "",
        '<td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-label="{}">'
        "{}</td>",
        pairs,
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


def earlier(became: Became) -> SafeString:
    if not became:
        return NOT_ASKED
    cells = ((number, rating(decision)) for number, decision in became)
    return format_html_join(mark_safe("<br>"), "{}: {}", cells)
