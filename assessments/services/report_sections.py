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


@dataclass(frozen=True)
class SectionsSave:
    """`clashing`: what somebody else has changed since, with what was typed; it stays as it is."""

    changed: int
    clashing: Sequence[tuple[TemplateSection, SectionInput]]


@transaction.atomic
def save_sections(*, council: Council, sections: Sequence[SectionInput], by: User) -> SectionsSave:
    """In the order of their positions; one that nothing is said of keeps its own."""
    rows = {row.key: row for row in own_sections(council, by)}
    clashing = [(rows[each.key], each) for each in sections if clashes(rows[each.key], each)]
    stay = {row.key for row, _ in clashing}
    said = {each.key: each for each in sections if each.key not in stay}
    places = {key: said[key].position if key in said else rows[key].position for key in rows}
    changed = []
    for place, key in enumerate(sorted(rows, key=lambda key: places[key]), start=1):
        row, typed = rows[key], said.get(key, rows[key])
        if (row.heading, row.position, row.in_use) != (typed.heading, place, typed.in_use):
            row.heading, row.position, row.in_use = typed.heading, place, typed.in_use
            row.version += 1
            changed.append(row)
    update_rows(changed, CHANGEABLE, by)
    return SectionsSave(len(changed), clashing)


def clashes(row: TemplateSection, typed: SectionInput) -> bool:
    """Whether somebody else has changed the row since, to something else."""
    is_stale = row.version > 1 if typed.version == 0 else typed.version != row.version
    same = (row.heading, row.position, row.in_use) == (typed.heading, typed.position, typed.in_use)
    return is_stale and not same


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
