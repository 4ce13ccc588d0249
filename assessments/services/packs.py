"""Starting a committee pack, and the details of its meeting."""

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction

from assessments.models import (
    Audience,
    Council,
    Pack,
    PackPart,
    PackSection,
    Sensitivity,
    Snapshot,
    User,
)
from assessments.report.blocks import Source
from assessments.report.sections import USUAL, beginnings
from assessments.services.conflicts import StaleSave
from assessments.services.history import create_rows, written_by
from assessments.snapshots import thaw


@dataclass(frozen=True)
class MeetingInput:
    title: str
    committee: str
    meeting_on: datetime.date
    item: str = ""
    wards: str = "All"
    key_decision: str = "Non-key"
    report_of: str = ""
    assistant_directors: str = ""
    director: str = ""
    author: str = ""
    sensitivity: str = Sensitivity.PUBLIC.value
    public_interest: str = ""
    marking: str = ""
    own_appendices: str = ""
    first_appendix: int = 1

    def says(self, pack: Pack) -> bool:
        return all(getattr(pack, name) == value for name, value in asdict(self).items())


@transaction.atomic
def start_pack(*, council: Council, snapshot: Snapshot, meeting: MeetingInput, by: User) -> Pack:
    """With the sections that the council's reports have, each begun from the snapshot."""
    pack = Pack(council=council, snapshot=snapshot, **asdict(meeting))
    pack.marking = pack.marking or council.protective_marking
    written_by(pack, by).save()
    sections = [
        PackSection(pack=pack, key=key, heading=heading, kind=kind, position=position)
        for position, (key, heading, kind) in enumerate(shapes_of(council), start=1)
    ]
    create_rows(sections, by)
    source = Source.of(thaw(snapshot.content), Audience.PUBLIC)
    parts = [part for section in sections for part in begun(section, snapshot, source)]
    create_rows(parts, by)
    return pack


def shapes_of(council: Council) -> list[tuple[str, str, str]]:
    """Key, heading and kind of each section of the council's reports, in order. One query."""
    own = list(council.report_sections.all())
    shapes = own or USUAL
    return [(each.key, each.heading, each.kind) for each in shapes if each.in_use]


def begun(section: PackSection, snapshot: Snapshot, source: Source) -> list[PackPart]:
    """What the section begins with, to be confirmed. What the public may read is all that a
    beginning repeats."""
    return [
        PackPart(
            section=section,
            position=position,
            kind=beginning.kind,
            text=beginning.text,
            snapshot=snapshot,
            to_confirm=True,
        )
        for position, beginning in enumerate(beginnings(section.key, source), start=1)
    ]


@transaction.atomic
def change_meeting(*, pack: Pack, version: int, meeting: MeetingInput, by: User) -> Pack:
    """Raises StaleSave where somebody else changed it since `version`."""
    row = lock_pack(pack)
    if meeting.says(row):
        return row
    if row.version != version:
        raise StaleSave(row)
    for name, value in asdict(meeting).items():
        setattr(row, name, value)
    row.version += 1
    written_by(row, by).save()
    return row


def newer_snapshot(pack: Pack) -> Snapshot | None:
    """The council's latest that this pack could be on instead: of the same self-assessment, or
    of a later one that its history would show. None where there is none. One query."""
    cycle = pack.snapshot.cycle
    later = pack.council.cycles.alongside(cycle.toolkit_id).filter(as_at__gte=cycle.as_at)
    newer = pack.council.snapshots.filter(number__gt=pack.snapshot.number, cycle__in=later)
    return newer.defer("content").select_related("cycle").first()


def lock_pack(pack: Pack) -> Pack:
    """The pack as it stands now, locked until the transaction ends: whatever changes anything
    in a pack, or makes a version of it, takes this lock first. One query."""
    packs = Pack.objects.select_related("snapshot__cycle").defer("snapshot__content")
    locked = packs.select_for_update(no_key=True, of=("self",)).get(pk=pack.pk)
    locked.council = pack.council
    return locked
