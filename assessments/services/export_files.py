"""What an export is made from, and its making in a job."""

import base64
import datetime
from dataclasses import dataclass

from django.utils import timezone

from assessments.exports.files import render
from assessments.exports.logo import Logo
from assessments.models import Audience, Council, Cycle, Export, ExportFormat, Snapshot
from assessments.record import CycleRecord, PastCycle
from assessments.record_builder import build_history, build_record
from assessments.services.made_files import Progress, make
from assessments.services.snapshots import NotAsSigned, is_genuine
from assessments.snapshots import Frozen, signed_record, thaw

STEPS = {
    ExportFormat.PDF: "Laying out the pages",
    ExportFormat.XLSX: "Filling the sheets",
    ExportFormat.JSON: "Writing the file",
}


def make_file(export_id: int) -> None:
    """Nothing to do where the file is there, or the export gone with its cycle."""
    exports = Export.objects.select_related("cycle__council", "snapshot")
    export = exports.exclude(status=Export.Status.READY).filter(pk=export_id).first()
    if export is not None:
        name = f"exports/{export.cycle_id}/{export.pk}.{export.format}"
        make(export, lambda progress: contents(export, progress), name=name)


def contents(export: Export, progress: Progress) -> bytes:
    progress("Reading the self-assessment")
    if export.snapshot and not is_genuine(export.snapshot):
        raise NotAsSigned(export.snapshot)
    source = signed_source(export.snapshot) if export.snapshot else living_source(export.cycle)
    progress(STEPS[ExportFormat(export.format)])
    return source.rendered(ExportFormat(export.format), Audience(export.audience))


@dataclass(frozen=True)
class Source:
    """Everything that a file is made from."""

    record: CycleRecord
    history: tuple[PastCycle, ...]
    made_on: datetime.date
    logo: Logo | None

    def rendered(self, format: ExportFormat, audience: Audience, *, appendix: str = "") -> bytes:
        return render(
            self.record.for_audience(audience),
            format,
            history=self.history,
            made_on=self.made_on,
            logo=self.logo,
            appendix=appendix,
        )


def living_source(cycle: Cycle) -> Source:
    return Source(
        build_record(cycle), build_history(cycle), timezone.localdate(), logo_of(cycle.council)
    )


def signed_source(snapshot: Snapshot) -> Source:
    return frozen_source(thaw(snapshot.content))


def frozen_source(frozen: Frozen) -> Source:
    """Nothing but what was frozen, so that every making gives the same bytes."""
    logo = Logo(base64.b64decode(frozen.logo)) if frozen.logo else None
    signed_on = timezone.localdate(frozen.sign_off.at)
    return Source(signed_record(frozen), frozen.past, signed_on, logo)


def logo_of(council: Council) -> Logo | None:
    """None also where the file is lost: a document without its logo is better than none."""
    try:
        with council.logo.open() as file:
            return Logo(file.read())
    except (ValueError, FileNotFoundError):
        return None
