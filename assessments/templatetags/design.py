"""Display helpers of the design system: shapes, and form widgets in GOV.UK classes."""

from collections.abc import Iterable
from functools import lru_cache

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from assessments.forms.govuk import DateField
from assessments.record import NOT_DECIDED, Decision

register = template.Library()

# One shape for each colour token of a rating level: the ones that print beside its word in
# documents too, drawn here so that they look alike in every font.
PATHS = {
    "red": "M1.5 1.5h13v13h-13z",
    "orange": "M.5 2h15L8 15z",
    "amber": "M8 1l7.5 13H.5z",
    "green": "M8 .7a7.3 7.3 0 1 0 0 14.6A7.3 7.3 0 0 0 8 .7z",
    "teal": "M2 .5l13 7.5L2 15.5z",
    "blue": "M8 0l8 8-8 8-8-8zm0 3.6L3.6 8 8 12.4 12.4 8z",
    "grey": "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
    "not-applicable": "M1 6.5h14v3H1z",
    "lock": "M4 7V5a4 4 0 0 1 8 0v2h1.5v8.5h-11V7zm2 0h4V5a2 2 0 0 0-4 0z",
}
SHAPES: dict[str, SafeString] = {
    name: format_html(
        '<svg class="app-shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<path fill-rule="evenodd" d="{}"/></svg>',
        path,
    )
    for name, path in PATHS.items()
}

WIDGET_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (Input, "govuk-input"),
]


@register.simple_tag
def shape(name: str) -> SafeString:
    """The drawing for a level's colour token, `not-applicable` or `lock`; decorative."""
    return SHAPES.get(name, mark_safe(""))


@register.simple_tag
def not_decided() -> str:
    """The word of a benchmark without a rating."""
    return NOT_DECIDED


@register.filter
def rating(decision: Decision) -> SafeString:
    """`components/rating_tag.html` where a table has a hundred of them: each is drawn once."""
    shown, waits = decision.shown, decision.to_confirm is not None
    if shown.level is None:
        return rating_tag(shown.label, "", shown.not_applicable, waits)
    return rating_tag(shown.level.label, shown.level.colour, False, waits)


@lru_cache(maxsize=256)
def rating_tag(label: str, colour: str, not_applicable: bool, to_confirm: bool) -> SafeString:
    level = {"label": label, "colour": colour} if colour else None
    context = {
        "level": level,
        "not_applicable": not_applicable,
        "to_confirm": to_confirm,
        "undecided": label,
    }
    return render_to_string("components/rating_tag.html", context)


@register.filter
@lru_cache(maxsize=8)
def status_tag(status: str) -> SafeString:
    """`components/status_tag.html` where a list has many of them: each is drawn once."""
    return render_to_string("components/status_tag.html", {"status": status})


@register.filter
def naming(message: str, field: BoundField) -> str:
    """An error in words of its own, where “This field is required” would not say which."""
    if message == forms.Field.default_error_messages["required"]:
        return f"Fill in “{field.label}”"
    return message


@register.filter
def box_of(message: str, field: BoundField) -> str:
    """The id that the message links to: the control, the first of several, or the box of a date
    that is at fault."""
    if not field.use_fieldset:
        return field.auto_id
    part = field.field.part_of(message) if isinstance(field.field, DateField) else 0
    return f"{field.auto_id}_{part}"


@register.simple_tag
def govuk_widget(field: BoundField, extra_classes: str = "", **attrs: str) -> SafeString:
    """The field's own widget in GOV.UK classes, without a placeholder (labels say it already).

    `attrs` are further attributes, with underscores for hyphens.
    """
    widget = field.field.widget
    base = next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "")
    classes = [base, extra_classes, str(widget.attrs.get("class", ""))]
    if field.errors and base:
        classes.append(f"{base.split()[0]}--error")
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    return field.as_widget(
        attrs={"placeholder": False, **extra, "class": " ".join(filter(None, classes))}
    )


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Of a drop-down. Not a template's loop: there may be scores of them."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, mark_safe(" selected") if key == chosen else "", words) for key, words in choices),
    )
