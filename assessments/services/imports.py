"""An uploaded document: read, reviewed row by row, and made a cycle."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.imports.problems import shown
from assessments.imports.word.blocks import read_rows
from assessments.imports.word.building import build_record
from assessments.imports.word.entries import Entry, as_json, characters, from_json
from assessments.imports.word.matching import match
from assessments.imports.word.places import Place
from assessments.models import Council, Cycle, DocumentImport, User
from assessments.record import CycleRecord
from assessments.record_builder import blank_record_on
from assessments.services.conflicts import StaleSave
from assessments.services.interchange import load_cycle
from benchmarks.models import RatingScale


class ImportFinished(Exception):
    """It has been made a cycle, or discarded, meanwhile."""


def start_import(
    *, council: Council, scale: RatingScale, file_name: str, data: bytes, by: User
) -> DocumentImport:
    """Raises ImportProblems, in sentences, where the document can't be read."""
    rows = read_rows(data)
    entries = match(rows, blank_record_on(scale.toolkit, scale))
    return DocumentImport.objects.create(
        council=council,
        toolkit=scale.toolkit,
        scale=scale,
        file_name=shown(file_name, longest=150),
        by=by,
        characters=sum(characters(row.text) for row in rows),
        rows=as_json(entries),
    )


@transaction.atomic
def place_row(
    *, document: DocumentImport, row: int, version: int, place: Place | None, by: User
) -> DocumentImport:
    """None: to the tray. Raises StaleSave where somebody has placed the row meanwhile."""
    locked = lock(document)
    entries = entries_of(locked)
    entry = entries[row - 1]
    if entry.version != version:
        raise StaleSave(entry)
    entries[row - 1] = entry.sent_to(place, str(by))
    locked.rows = as_json(entries)
    locked.save(update_fields=["rows"])
    return locked


@transaction.atomic
def confirm_import(
    *,
    document: DocumentImport,
    period: str,
    as_at: datetime.date,
    closes_on: datetime.date | None,
    by: User,
) -> Cycle:
    """Raises ValidationError while a row still has to be checked, or where the council has a
    cycle for that period."""
    locked = lock(document)
    entries = entries_of(locked)
    if waiting := to_check(entries):
        raise ValidationError(f"{waiting} of the rows must be checked first.")
    position = {"period": period, "as_at": as_at, "closes_on": closes_on}
    filled = build_record(edition_of(locked), entries)
    record = dataclasses.replace(filled, **position)  # type: ignore[arg-type]
    locked.cycle = load_cycle(council=locked.council, record=record, by=by).cycle
    locked.save(update_fields=["cycle"])
    return locked.cycle


@transaction.atomic
def discard_import(*, document: DocumentImport) -> None:
    lock(document).delete()


def lock(document: DocumentImport) -> DocumentImport:
    """Raises ImportFinished."""
    unfinished = DocumentImport.objects.filter(cycle=None).select_for_update(of=("self",))
    found = unfinished.select_related("council", "toolkit", "scale").filter(pk=document.pk).first()
    if found is None:
        raise ImportFinished
    return found


def entries_of(document: DocumentImport) -> list[Entry]:
    return from_json(document.rows)


def edition_of(document: DocumentImport) -> CycleRecord:
    return blank_record_on(document.toolkit, document.scale)


def to_check(entries: Sequence[Entry]) -> int:
    return sum(entry.is_for_a_person for entry in entries)
