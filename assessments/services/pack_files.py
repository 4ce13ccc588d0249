"""The files of a pack: asked for at a version of it, made by jobs, kept."""

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from assessments.exports.files import pack_file_name
from assessments.exports.report.pdf import render_report_pdf
from assessments.exports.report.web import render_report_html
from assessments.exports.report.word import render_report_docx
from assessments.models import (
    Audience,
    Council,
    ExportFormat,
    Pack,
    PackFile,
    PackVersion,
    Sensitivity,
    User,
)
from assessments.pack_builder import build_pack, snapshots_of, template_of
from assessments.packs import PackRecord, canonical, thaw
from assessments.report import Report
from assessments.report.writing import exempt_in, write_report
from assessments.services.export_files import frozen_source
from assessments.services.made_files import Progress, make
from assessments.services.packs import lock_pack
from assessments.snapshots import Frozen, digest
from assessments.snapshots import canonical as canonical_snapshot

Document, Format = PackFile.Document, PackFile.Format
REPORT = [(Document.REPORT, each) for each in (Format.PDF, Format.DOCX, Format.HTML)]
APPENDIX = [(Document.APPENDIX, each) for each in (Format.PDF, Format.XLSX)]
STEPS = {
    Document.REPORT: "Writing the report",
    Document.APPENDIX: "Laying out the self-assessment",
}


@dataclass(frozen=True)
class Wanted:
    document: PackFile.Document
    format: PackFile.Format
    audience: Audience


def wanted(pack: PackRecord, frozen: Frozen) -> Iterator[Wanted]:
    """What the public may have, and what only the committee's members may. Text that is not
    for publication at all is in neither."""
    for document, format in [*REPORT, *APPENDIX]:
        if document == Document.REPORT or pack.is_public:
            yield Wanted(document, format, Audience.PUBLIC)
    if pack.sensitivity == Sensitivity.NOT_FOR_PUBLICATION:
        return
    if pack.exemptions:
        yield Wanted(Document.REPORT, Format.PDF, Audience.COMMITTEE)
        yield Wanted(Document.REPORT, Format.DOCX, Audience.COMMITTEE)
    if not pack.is_public or exempt_in(frozen.record):
        yield Wanted(Document.APPENDIX, Format.PDF, Audience.COMMITTEE)


@transaction.atomic
def make_version(*, pack: Pack, is_draft: bool, by: User) -> PackVersion:
    """The version of the pack as it stands: a new one only where something has changed."""
    row = lock_pack(pack)
    content = canonical(build_pack(row, is_draft=is_draft))
    versions = PackVersion.objects.filter(pack=row)
    same: PackVersion | None = versions.filter(sha256=digest(content)).first()
    if same:
        return same
    keep_template(row.council)
    last = versions.first()
    return PackVersion.objects.create(
        pack=row,
        number=last.number + 1 if last else 1,
        is_draft=is_draft,
        content=content,
        sha256=digest(content),
        made_by=by,
        made_at=timezone.now(),
    )


def is_of_the_pack_as_it_stands(version: PackVersion, pack: Pack) -> bool:
    """Two queries."""
    now = build_pack(pack, is_draft=version.is_draft)
    return version.sha256 == digest(canonical(now))


def keep_template(council: Council) -> None:
    """Under its own hash, so that a version's Word file can be made again when the council has
    long had another one."""
    if template := template_of(council):
        name = template_name(hashlib.sha256(template).hexdigest())
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(template))


def template_name(sha256: str) -> str:
    return f"packs/templates/{sha256}.docx"


def kept_template(sha256: str) -> bytes | None:
    if not sha256:
        return None
    with default_storage.open(template_name(sha256)) as file:
        data: bytes = file.read()
        return data


@transaction.atomic
def request_files(
    *, pack: Pack, is_draft: bool, by: User, enqueue: Callable[[int], object]
) -> PackVersion:
    """All files of the pack as it stands, each made once."""
    version = make_version(pack=pack, is_draft=is_draft, by=by)
    record = thaw(version.content)
    frozen = snapshots_of(record, pack.council)[record.snapshot]
    for each in wanted(record, frozen):
        file, is_new = PackFile.objects.get_or_create(
            pack_version=version,
            document=each.document,
            format=each.format,
            audience=each.audience,
            defaults={"requested_by": by},
        )
        if is_new:
            transaction.on_commit(lambda pk=file.pk: enqueue(pk))  # type: ignore[misc]
    return version


def make_pack_file(file_id: int) -> None:
    """Nothing to do where the file is there, or gone."""
    files = PackFile.objects.select_related("pack_version__pack__council")
    file = files.exclude(status=PackFile.Status.READY).filter(pk=file_id).first()
    if file is not None:
        name = f"packs/{file.pack_version.pack_id}/{file.pk}.{file.format}"
        make(file, lambda progress: contents(file, progress), name=name)


class SnapshotChanged(Exception):
    """The snapshot isn't the one that this version of the pack was made on."""


def contents(file: PackFile, progress: Progress) -> bytes:
    """The same bytes for the same version, whenever they are made."""
    progress("Reading the snapshot")
    version = file.pack_version
    pack = thaw(version.content)
    snapshots = snapshots_of(pack, version.pack.council)
    frozen = snapshots[pack.snapshot]
    if digest(canonical_snapshot(frozen)) != pack.snapshot_sha256:
        raise SnapshotChanged(f"Snapshot {pack.snapshot}")
    progress(STEPS[PackFile.Document(file.document)])
    audience = Audience(file.audience)
    if file.document == PackFile.Document.APPENDIX:
        source, name = frozen_source(frozen), pack.appendix_for(audience)
        return source.rendered(ExportFormat(file.format), audience, appendix=name)
    report = write_report(pack, snapshots, audience=audience, version=label(version))
    template = kept_template(pack.publisher.word_template)
    made_on = timezone.localdate(version.made_at)
    return drawn(report, PackFile.Format(file.format), made_on, template)


def preview(pack: Pack, audience: Audience) -> Report:
    """The report of the pack as it stands. Three queries beyond its council."""
    record = build_pack(pack, is_draft=True)
    snapshots = snapshots_of(record, pack.council)
    return write_report(record, snapshots, audience=audience, version="Preview")


def drawn(
    report: Report, format: PackFile.Format, made_on: datetime.date, template: bytes | None
) -> bytes:
    if format == PackFile.Format.PDF:
        return render_report_pdf(report, made_on=made_on)
    if format == PackFile.Format.DOCX:
        return render_report_docx(report, made_on=made_on, template=template)
    return render_report_html(report, made_on=made_on).encode()


def name_of(file: PackFile, version: PackVersion) -> str:
    """As democratic services would call it: “Item 6 Appendix 1 Prevent self-assessment
    2023-24.pdf”. `version`: the file's, read once for all of its files."""
    pack = thaw(version.content)
    item = pack.meeting.item
    exempt = "with exempt text" if file.audience == Audience.COMMITTEE else ""
    which = [exempt, f"({label(version)})" if version.is_draft else ""]
    if file.document == PackFile.Document.REPORT:
        return pack_file_name(item, pack.title, *which, ext=file.format)
    name = f"{pack.appendix_for(Audience(file.audience))} Prevent self-assessment"
    return pack_file_name(item, name, pack.period, *which, ext=file.format)


def label(version: PackVersion) -> str:
    return f"Draft {version.number}" if version.is_draft else "Committee version"
