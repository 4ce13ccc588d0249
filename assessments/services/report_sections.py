"""The sections of a council's reports: how they are called, in which order, and which it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from assessments.models import Council, SectionKind, TemplateSection, User
from assessments.report.sections import USUAL
from assessments.services.history import create_rows, update_rows
from assessments.services.locks import lock_council

CHANGEABLE = ["heading", "position", "in_use", "version"]


@dataclass(frozen=True)
class SectionInput:
    """`version`: that of the row the form was opened with; 0 before the council had its own."""

    key: str
    heading: str
    position: int
    in_use: bool
    version: int


def sections_of(council: Council) -> list[TemplateSection]:
    """The council's own, or the usual ones, not saved. One query."""
    return list(council.report_sections.all()) or [
        TemplateSection(
            council=council,
            key=each.key,
            heading=each.heading,
            kind=each.kind,
            position=position,
            in_use=each.in_use,
            version=0,
        )
        for position, each in enumerate(USUAL, start=1)
    ]


@transaction.atomic
def save_sections(*, council: Council, sections: Sequence[SectionInput], by: User) -> None:
    """In the order of their positions. Raises ValidationError where somebody else has changed
    one since: what was typed stands in the form still."""
    rows = {row.key: row for row in own_sections(council, by)}
    changed = []
    for place, typed in enumerate(sorted(sections, key=lambda each: each.position), start=1):
        row = rows[typed.key]
        if typed.version not in (row.version, 0) or (typed.version == 0 and row.version > 1):
            raise ValidationError(
                "Somebody else has changed the sections meanwhile. Yours stand below; open this "
                "page again in another tab to see theirs."
            )
        if (row.heading, row.position, row.in_use) != (typed.heading, place, typed.in_use):
            row.heading, row.position, row.in_use = typed.heading, place, typed.in_use
            row.version += 1
            changed.append(row)
    update_rows(changed, CHANGEABLE, by)


@transaction.atomic
def add_section(*, council: Council, heading: str, kind: SectionKind, by: User) -> TemplateSection:
    """Behind the others. Raises ValidationError where there is one of that name."""
    rows = own_sections(council, by)
    key = slugify(heading)[:40] or "section"
    if any(row.key == key for row in rows):
        raise ValidationError({"heading": "There is a section of that name already"})
    position = max(row.position for row in rows) + 1
    row = TemplateSection(council=council, key=key, heading=heading, kind=kind, position=position)
    create_rows([row], by)
    return row


def own_sections(council: Council, by: User) -> list[TemplateSection]:
    """The council's rows, made from the usual ones where it has none; the council is locked."""
    lock_council(council.pk)
    rows = sections_of(council)
    if rows[0].pk is None:
        for row in rows:
            row.version = 1
        create_rows(rows, by)
    return list(council.report_sections.all())
