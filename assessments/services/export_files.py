"""Making the file of an export. Runs in a job, perhaps more than once; one file comes of it."""

import base64
import datetime
import hashlib
import logging
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from assessments.exports.files import render
from assessments.exports.logo import Logo
from assessments.models import Audience, Council, Cycle, Export, ExportFormat, Snapshot
from assessments.record import CycleRecord, PastCycle
from assessments.record_builder import build_history, build_record
from assessments.services.snapshots import is_genuine
from assessments.snapshots import signed_record, thaw

logger = logging.getLogger(__name__)


class ExportFailed(Exception):
    """Says which export, and nothing of what was in it: the queue keeps it as text."""


def make_file(export_id: int) -> None:
    """Nothing to do where the file is there, or the export gone with its cycle."""
    exports = Export.objects.select_related("cycle__council", "snapshot")
    export = exports.exclude(status=Export.Status.READY).filter(pk=export_id).first()
    if export is None:
        return
    try:
        store(export, contents(export))
    except Exception:
        logger.exception("Export %s could not be made", export_id)
        record_progress(export, Export.Status.FAILED, "")
        raise ExportFailed(f"Export {export_id} could not be made: see the log") from None


def contents(export: Export) -> bytes:
    record_progress(export, Export.Status.RUNNING, "Reading the self-assessment")
    if export.snapshot and not is_genuine(export.snapshot):
        raise ExportFailed(f"Export {export.pk}: its snapshot is not what was signed")
    source = signed_source(export.snapshot) if export.snapshot else living_source(export.cycle)
    record_progress(export, Export.Status.RUNNING, STEPS[ExportFormat(export.format)])
    return render(
        source.record.for_audience(Audience(export.audience)),
        ExportFormat(export.format),
        history=source.history,
        made_on=source.made_on,
        logo=source.logo,
    )


@dataclass(frozen=True)
class Source:
    """Everything that a file is made from."""

    record: CycleRecord
    history: tuple[PastCycle, ...]
    made_on: datetime.date
    logo: Logo | None


def living_source(cycle: Cycle) -> Source:
    return Source(
        build_record(cycle), build_history(cycle), timezone.localdate(), logo_of(cycle.council)
    )


def signed_source(snapshot: Snapshot) -> Source:
    """Nothing but what was frozen, so that every making gives the same bytes."""
    frozen = thaw(snapshot.content)
    logo = Logo(base64.b64decode(frozen.logo)) if frozen.logo else None
    signed_on = timezone.localdate(frozen.sign_off.at)
    return Source(signed_record(frozen), frozen.past, signed_on, logo)


STEPS = {
    ExportFormat.PDF: "Laying out the pages",
    ExportFormat.XLSX: "Filling the sheets",
    ExportFormat.JSON: "Writing the file",
}


def record_progress(export: Export, status: Export.Status, step: str) -> None:
    """Leaves an export alone that another worker has finished meanwhile."""
    rows = Export.objects.filter(pk=export.pk).exclude(status=Export.Status.READY)
    rows.update(status=status, step=step)


@transaction.atomic
def store(export: Export, data: bytes) -> None:
    """The row is locked, so that of two workers on one export the second finds it done."""
    locked = Export.objects.select_for_update().filter(pk=export.pk).first()
    if locked is None or locked.status == Export.Status.READY:
        return
    storage = locked.file.storage
    name = f"exports/{locked.cycle_id}/{locked.pk}.{locked.format}"
    storage.delete(name)  # what a worker left that was killed before its row was saved
    locked.file.name = storage.save(name, ContentFile(data))
    locked.size = len(data)
    locked.sha256 = hashlib.sha256(data).hexdigest()
    locked.status = Export.Status.READY
    locked.step = ""
    locked.finished_at = timezone.now()
    locked.save()


def logo_of(council: Council) -> Logo | None:
    """None also where the file is lost: a document without its logo is better than none."""
    try:
        with council.logo.open() as file:
            return Logo(file.read())
    except (ValueError, FileNotFoundError):
        return None
