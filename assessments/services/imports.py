"""An uploaded document: read, reviewed row by row, and made a cycle."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from assessments.imports.problems import shown
from assessments.imports.word.apart import MAX_SECONDS
from assessments.imports.word.building import build_record
from assessments.imports.word.entries import Entry, from_json
from assessments.models import Council, Cycle, DocumentImport, User
from assessments.record import CycleRecord
from assessments.record_builder import blank_record_on
from assessments.services.import_reading import forget_file
from assessments.services.interchange import load_cycle
from assessments.tasks import read_document
from benchmarks.models import RatingScale

# Longer than any reading may take: whoever began it is gone.
PATIENCE = datetime.timedelta(seconds=2 * MAX_SECONDS)
Status = DocumentImport.Status


class ImportFinished(Exception):
    """It has been made a cycle, or discarded, meanwhile."""


@transaction.atomic
def start_import(
    *, council: Council, scale: RatingScale, file_name: str, file: File[bytes], by: User
) -> DocumentImport:
    """A job reads it; and whatever a killed worker left."""
    take_up_what_was_left(timezone.now())
    document = DocumentImport.objects.create(
        council=council,
        toolkit=scale.toolkit,
        scale=scale,
        file_name=shown(file_name, longest=150),
        by=by,
        file=file,
    )
    enqueue(document)
    return document


@transaction.atomic
def read_again(*, document: DocumentImport) -> None:
    """Where the worker that read it is gone; nothing for any other."""
    locked = DocumentImport.objects.select_for_update().get(pk=document.pk)
    if can_be_read_again(locked, timezone.now()):
        locked.status, locked.step, locked.since = Status.WAITING, "", timezone.now()
        locked.save(update_fields=["status", "step", "since"])
        enqueue(locked)


def take_up_what_was_left(now: datetime.datetime) -> None:
    for each in DocumentImport.objects.filter(status=Status.RUNNING, since__lt=now - PATIENCE):
        read_again(document=each)


def can_be_read_again(document: DocumentImport, now: datetime.datetime) -> bool:
    return document.status == Status.RUNNING and now - document.since > PATIENCE


def enqueue(document: DocumentImport) -> None:
    """Once the row is there for the worker to see. The job knows its number and nothing else."""
    transaction.on_commit(lambda: read_document.enqueue(document.pk))


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
    locked = lock(document, read=False)
    forget_file(locked)
    locked.delete()


def lock(document: DocumentImport, *, read: bool = True) -> DocumentImport:
    """Raises ImportFinished."""
    unfinished = DocumentImport.objects.filter(cycle=None).select_for_update(of=("self",))
    found = unfinished.select_related("council", "toolkit", "scale").filter(pk=document.pk).first()
    if found is None or (read and found.status != Status.READY):
        raise ImportFinished
    return found


def entries_of(document: DocumentImport) -> list[Entry]:
    return from_json(document.rows)


def edition_of(document: DocumentImport) -> CycleRecord:
    return blank_record_on(document.toolkit, document.scale)


def to_check(entries: Sequence[Entry]) -> int:
    return sum(entry.is_for_a_person for entry in entries)
