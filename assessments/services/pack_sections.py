"""Writing a pack's sections: their parts, who verified them, and what is said about them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from assessments.models import Pack, PackComment, PackPart, PackSection, PartKind, Snapshot, User
from assessments.services.conflicts import StaleSave
from assessments.services.history import update_rows, written_by
from assessments.services.packs import lock_pack

SAVED = ["text", "sensitivity", "to_confirm", "version"]


@dataclass(frozen=True)
class PartInput:
    """What a form says of a part, and the version it was opened at."""

    pk: int
    version: int
    text: str
    sensitivity: str

    def says(self, row: PackPart) -> bool:
        return (self.text, self.sensitivity) == (row.text, row.sensitivity)


@dataclass
class PartsSave:
    """What came of a save: whether anything changed, which parts somebody else had changed
    meanwhile, and how many that somebody had removed were put back."""

    changed: bool = False
    clashing: list[PackPart] = field(default_factory=list)
    put_back: int = 0


@transaction.atomic
def save_parts(*, section: PackSection, parts: Sequence[PartInput], by: User) -> PartsSave:
    """Saving a part confirms it, also where its words stay. A verified section whose words
    change has to be verified again."""
    lock_pack(section.pack)
    rows = {row.pk: row for row in section.parts.all()}
    saved, changed = PartsSave(), list[PackPart]()
    for part in parts:
        row = rows.get(part.pk)
        if row is None:
            put_back(section, part, saved, by)
        elif part.says(row):
            confirm(row, part, changed)
        elif part.version != row.version:
            saved.clashing.append(row)
        else:
            row.text, row.sensitivity = part.text, part.sensitivity
            row.to_confirm = False
            row.version += 1
            saved.changed = True
            changed.append(row)
    update_rows(changed, SAVED, by)
    if saved.changed or saved.put_back:
        unverify(section, by)
    return saved


def confirm(row: PackPart, part: PartInput, changed: list[PackPart]) -> None:
    """Only the words that the form showed."""
    if row.to_confirm and part.version == row.version:
        row.to_confirm = False
        changed.append(row)


def put_back(section: PackSection, part: PartInput, saved: PartsSave, by: User) -> None:
    """Somebody removed the part while its text was being written: it becomes a new one."""
    if part.text:
        new = PackPart(section=section, text=part.text, sensitivity=part.sensitivity)
        append(section, new, by)
        saved.put_back += 1


@transaction.atomic
def add_part(
    *, section: PackSection, kind: PartKind, snapshot: Snapshot | None = None, by: User
) -> PackPart:
    """`snapshot`: what a block comes from; none for a text."""
    lock_pack(section.pack)
    part = PackPart(section=section, kind=kind, snapshot=snapshot)
    append(section, part, by)
    unverify(section, by)
    return part


def append(section: PackSection, part: PackPart, by: User) -> None:
    last = section.parts.last()
    part.position = last.position + 1 if last else 1
    written_by(part, by).save()


@transaction.atomic
def remove_part(*, part: PackPart, by: User) -> None:
    """Its history stays."""
    lock_pack(part.section.pack)
    written_by(part, by).delete()
    unverify(part.section, by)


@transaction.atomic
def move_part(*, part: PackPart, up: bool, by: User) -> None:
    """Change places with its neighbour; nothing where there is none."""
    lock_pack(part.section.pack)
    rows = list(part.section.parts.all())
    here = rows.index(part)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for position, row in enumerate(rows, start=1):
            row.position = position
        update_rows(rows, ["position"], by)


@transaction.atomic
def use_snapshot(*, pack: Pack, snapshot: Snapshot, by: User) -> int:
    """Make the pack one on this snapshot: its appendices, and every block in it. Those have to
    be confirmed again, and so have words that began from another: they may tell its figures.
    The words themselves stay. How many parts that is."""
    row = lock_pack(pack)
    moves = row.snapshot_id != snapshot.pk
    if moves:
        row.snapshot = snapshot
        row.version += 1
        written_by(row, by).save()
    parts = PackPart.objects.filter(section__pack=row, snapshot__isnull=False)
    stale = [each for each in parts.exclude(snapshot=snapshot) if moves or not each.is_text]
    for part in stale:
        part.snapshot = part.snapshot if part.is_text else snapshot
        part.to_confirm = True
        part.version += 1
    update_rows(stale, ["snapshot", "to_confirm", "version"], by)
    return len(stale)


@transaction.atomic
def leave_out(*, section: PackSection, out: bool, by: User) -> None:
    """Of the report; or take it in again. What it holds stays."""
    lock_pack(section.pack)
    row = section.pack.sections.get(pk=section.pk)
    if row.left_out != out:
        row.left_out = out
        update_rows([row], ["left_out"], by)


@dataclass(frozen=True)
class Verification:
    """`by` and `on` together, or neither."""

    verifier: str
    by: str = ""
    on: datetime.date | None = None

    def says(self, section: PackSection) -> bool:
        return (self.verifier, self.by, self.on) == (
            section.verifier,
            section.verified_by,
            section.verified_on,
        )


@transaction.atomic
def verify(
    *, section: PackSection, version: int, verification: Verification, by: User
) -> PackSection:
    """Raises StaleSave where somebody else verified it, or its words changed, since `version`."""
    lock_pack(section.pack)
    row = section.pack.sections.get(pk=section.pk)
    if verification.says(row):
        return row
    if row.version != version:
        raise StaleSave(row)
    row.verifier = verification.verifier
    row.verified_by, row.verified_on = verification.by, verification.on
    row.version += 1
    written_by(row, by).save()
    return row


def unverify(section: PackSection, by: User) -> None:
    """Whoever verified it read other words. The section's version goes on in any case, so
    that nobody verifies words they haven't seen."""
    row = section.pack.sections.get(pk=section.pk)
    row.version += 1
    row.verified_by, row.verified_on = "", None
    update_rows([row], ["version", "verified_by", "verified_on"], by)


@transaction.atomic
def comment(*, section: PackSection, text: str, by: User) -> PackComment:
    return PackComment.objects.create(
        section=section, text=text, by=by, by_name=by.name, at=timezone.now()
    )


@transaction.atomic
def settle(*, comment: PackComment, by: User) -> None:
    """Nothing where somebody has already."""
    open_still = PackComment.objects.filter(pk=comment.pk, settled_at=None)
    open_still.update(settled_at=timezone.now(), settled_by_name=by.name)
