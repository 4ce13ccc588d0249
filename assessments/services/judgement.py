"""Deciding a benchmark: its rating and its entry on the front sheet."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from assessments.models import BenchmarkAssessment, User
from assessments.services.history import update_rows
from assessments.services.locks import lock_open_cycle

# What is decided together and may clash on its own.
PARTS = {
    "rating": ("rating_id", "not_applicable", "reason", "reason_sensitivity"),
    "actions": ("actions", "actions_sensitivity"),
    "comments": ("comments", "comments_sensitivity"),
}
FIELDS = [name.removesuffix("_id") for names in PARTS.values() for name in names]


@dataclass(frozen=True)
class Judgement:
    """What a form says of a benchmark, and the version it was opened at."""

    version: int
    rating_id: int | None
    not_applicable: bool
    reason: str
    reason_sensitivity: str
    actions: str
    actions_sensitivity: str
    comments: str
    comments_sensitivity: str

    def says(self, row: BenchmarkAssessment) -> bool:
        return all(part(self, name) == part(row, name) for name in PARTS)


@dataclass
class JudgementSave:
    """What came of a save: whether anything changed, and which parts somebody else had
    changed meanwhile, so that they were left as they stand in `row`."""

    row: BenchmarkAssessment
    changed: bool = False
    clashing: list[str] = field(default_factory=list)


@transaction.atomic
def save_judgement(
    *, assessment: BenchmarkAssessment, judgement: Judgement, confirms: bool = False, by: User
) -> JudgementSave:
    """Save the parts that the form changed. A part that somebody else changed too since the
    form was opened is left and named; history tells what the form was opened with.

    What was carried forward is confirmed with a change, or where the form `confirms` that it
    is still right; never where it has changed since the form was opened. Raises CycleClosed."""
    lock_open_cycle(assessment.cycle_id)
    row = BenchmarkAssessment.objects.get(pk=assessment.pk)
    opened = row if judgement.version == row.version else at_version(row, judgement.version)
    saved = JudgementSave(row)
    for name in PARTS:
        mine, theirs, before = part(judgement, name), part(row, name), part(opened, name)
        if mine in (theirs, before):
            continue
        if theirs == before:
            write(row, name, mine)
            saved.changed = True
        else:
            saved.clashing.append(name)
    if row.to_confirm and judgement.version == row.version and (saved.changed or confirms):
        row.to_confirm = False
        saved.changed = True
    if saved.changed:
        row.version += 1
        update_rows([row], [*FIELDS, "version", "to_confirm"], by)
    return saved


def part(source: Judgement | BenchmarkAssessment, name: str) -> tuple[Any, ...]:
    return tuple(getattr(source, attribute) for attribute in PARTS[name])


def write(row: BenchmarkAssessment, name: str, values: tuple[Any, ...]) -> None:
    for attribute, value in zip(PARTS[name], values, strict=True):
        setattr(row, attribute, value)


def at_version(row: BenchmarkAssessment, version: int) -> BenchmarkAssessment:
    """The judgement as a form of that version showed it; blank at version 0."""
    entry = BenchmarkAssessment.history.filter(id=row.pk, version=version).first()
    return entry.instance if entry else BenchmarkAssessment()
