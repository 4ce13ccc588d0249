"""A signed snapshot and a committee pack on it, for every test that needs one."""

import datetime
from collections.abc import Collection
from dataclasses import replace

import pytest
from django.utils import timezone

from assessments.models import (
    Cycle,
    Pack,
    PackSection,
    PartKind,
    ReviewStep,
    SectionKind,
    Snapshot,
    User,
)
from assessments.report.sections import WITHOUT_WORDS
from assessments.services.pack_sections import (
    PartInput,
    Verification,
    add_part,
    save_parts,
    verify,
)
from assessments.services.packs import MeetingInput, start_pack
from assessments.services.review import freeze

MEETING = MeetingInput(
    title="Prevent duty self-assessment",
    committee="Safer Communities Committee",
    meeting_on=datetime.date(2026, 2, 20),
    item="6",
    report_of="Lena Lead, Community Safety Partnership Manager",
    assistant_directors="Ada One, Assistant Director\nAnn Two, Assistant Director",
    director="Dora Director, Director of Place",
    author="Lena Lead\nCommunity Safety Partnership Manager",
)

LOU = Verification("", "Lou Lawyer, Principal Lawyer", datetime.date(2026, 2, 9))


def freeze_now(cycle: Cycle, by: User) -> Snapshot:
    """A snapshot of the cycle as it stands, which stays open to changes."""
    submission = ReviewStep(cycle=cycle, by=by, by_name=by.name)
    return freeze(cycle, submission, "", by, timezone.now())


def pack_on(snapshot: Snapshot, by: User, **changes: str) -> Pack:
    meeting = replace(MEETING, **changes)  # type: ignore[arg-type]
    return start_pack(council=snapshot.council, snapshot=snapshot, meeting=meeting, by=by)


def section(pack: Pack, key: str) -> PackSection:
    found: PackSection = pack.sections.get(key=key)
    found.pack = pack
    return found


def write(section: PackSection, words: str, by: User, sensitivity: str = "public") -> None:
    """Confirm what is there, and put these words into its first text."""
    if section.key not in WITHOUT_WORDS and not section.parts.exists():
        add_part(section=section, kind=PartKind.TEXT, by=by)
    parts = [
        PartInput(p.pk, p.version, words if p.is_text else "", sensitivity)
        for p in section.parts.all()
    ]
    save_parts(section=section, parts=parts, by=by)


def finish(pack: Pack, by: User, *, but: Collection[str] = ()) -> Pack:
    """Write, confirm and verify everything in it, `but` these sections."""
    for section in pack.sections.exclude(key__in=but):
        section.pack = pack
        write(section, "It is as it should be.", by)
        if section.kind == SectionKind.IMPLICATION:
            section.refresh_from_db()
            verify(section=section, version=section.version, verification=LOU, by=by)
    return pack


@pytest.fixture
def snapshot(cycle: Cycle, chair: User) -> Snapshot:
    return freeze_now(cycle, chair)


@pytest.fixture
def pack(snapshot: Snapshot, lead: User) -> Pack:
    return pack_on(snapshot, lead)
