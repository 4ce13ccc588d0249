"""Checking a pack before it goes out, accepting what looks wrong and isn't, and releasing it."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from assessments.models import (
    AcceptedWarning,
    Audience,
    Council,
    Pack,
    PackFile,
    PackPart,
    PackRelease,
    PackVersion,
    User,
)
from assessments.pack_builder import build_pack, snapshots_of
from assessments.packs import PackRecord
from assessments.release_check import (
    Found,
    ReleaseCheck,
    Warning,
    blockers,
    record_texts,
    report_texts,
    unknown_appendices,
    warnings,
    withheld_of_record,
    withheld_of_report,
)
from assessments.report.writing import write_report
from assessments.services.pack_files import make_version, name_of
from assessments.services.packs import lock_pack
from assessments.snapshots import Frozen

CONFIRMATION = (
    "I confirm that I have read the public files, that nothing in them must be kept from the "
    "public, and that they may be published."
)
LABEL = "Committee version"


KEPT = 32  # packs in each process, of which what was found is known again


@dataclass(frozen=True)
class Signed:
    """The snapshots that a pack names, by number and hash: equal where their content is, which
    is read only where nothing is known of it yet."""

    hashes: tuple[tuple[int, str], ...]
    council: Council = field(compare=False)

    @classmethod
    def named_in(cls, record: PackRecord, council: Council) -> Self:
        """One query."""
        named = council.snapshots.filter(number__in=record.snapshots)
        return cls(tuple(named.values_list("number", "sha256")), council)


def check(pack: Pack) -> ReleaseCheck:
    """Of the pack as it stands. Five queries beyond its council and snapshot, and one more where
    a word of it is new to this process."""
    record = build_pack(pack, is_draft=False)
    found = found_in(record, Signed.named_in(record, pack.council))
    accepted = set(pack.accepted_warnings.values_list("fingerprint", flat=True))
    still_open = [each for each in found.warnings if each.fingerprint not in accepted]
    return ReleaseCheck(tuple(blockers(record, unconfirmed(pack), len(still_open))), found)


@lru_cache(maxsize=KEPT)
def found_in(record: PackRecord, signed: Signed) -> Found:
    """Depends on what the pack and its snapshots say and on nothing else, so that it can't be
    older than a single word of them."""
    snapshots = snapshots_of(record, signed.council)
    whole = write_report(record, snapshots, audience=Audience.BOARD, version=LABEL)
    return Found(
        warnings=tuple(warnings_of(record, snapshots)),
        withheld_of_report=tuple(withheld_of_report(whole)),
        withheld_of_record=tuple(withheld_of_record(snapshots[record.snapshot].record)),
        unknown_appendices=tuple(unknown_appendices(whole)),
    )


def warnings_of(record: PackRecord, snapshots: dict[int, Frozen]) -> list[Warning]:
    """In everything that the public files say."""
    report = write_report(record, snapshots, audience=Audience.PUBLIC, version=LABEL)
    said = list(report_texts(report))
    if record.is_public:
        public = snapshots[record.snapshot].record.for_audience(Audience.PUBLIC)
        said += [
            (f"{record.appendix_for(Audience.PUBLIC)}, {place}", text.value)
            for place, text in record_texts(public)
            if text and not text.withheld
        ]
    return warnings(said)


def unconfirmed(pack: Pack) -> Counter[str]:
    """How many parts of each section wait for a person. One query."""
    parts = PackPart.objects.filter(section__pack=pack, to_confirm=True, section__left_out=False)
    return Counter(parts.values_list("section__key", flat=True))


@transaction.atomic
def accept_warning(*, pack: Pack, fingerprint: str, reason: str, by: User) -> AcceptedWarning:
    """Raises ValidationError where the words that it was about are gone."""
    lock_pack(pack)
    record = build_pack(pack, is_draft=False)
    found = found_in(record, Signed.named_in(record, pack.council))
    if fingerprint not in {each.fingerprint for each in found.warnings}:
        raise ValidationError("These words have changed meanwhile: nothing has to be accepted.")
    accepted, _ = AcceptedWarning.objects.get_or_create(
        pack=pack,
        fingerprint=fingerprint,
        defaults={"reason": reason, "by": by, "by_name": by.name, "at": timezone.now()},
    )
    return accepted


@transaction.atomic
def release(*, pack: Pack, version: PackVersion, by: User) -> PackRelease:
    """Holds the pack's lock. Raises ValidationError, saying what, where something in the pack
    has changed since its files were made, something has still to be done, or a file isn't there.
    """
    row = lock_pack(pack)
    if make_version(pack=row, is_draft=False, by=by).pk != version.pk:
        raise ValidationError("The pack has changed since these files were made: make them again.")
    if not check(row).is_ready:
        raise ValidationError("Something has still to be done before the pack can be released.")
    files = list(version.files.all())
    if not files or any(file.status != PackFile.Status.READY for file in files):
        raise ValidationError("Not every file is ready: wait, or make those again that failed.")
    if PackRelease.objects.filter(version=version).exists():
        raise ValidationError("Somebody else has released these files.")
    return PackRelease.objects.create(
        version=version,
        confirmation=CONFIRMATION,
        files=[
            {"name": name_of(file, version), "size": file.size, "sha256": file.sha256}
            for file in files
        ],
        by=by,
        by_name=by.name,
        at=timezone.now(),
    )
