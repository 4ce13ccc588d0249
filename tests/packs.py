"""A signed snapshot and a committee pack on it, for every test that needs one."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from assessments.models import Cycle, Pack, PackSection, ReviewStep, Snapshot, User
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


@pytest.fixture
def snapshot(cycle: Cycle, chair: User) -> Snapshot:
    return freeze_now(cycle, chair)


@pytest.fixture
def pack(snapshot: Snapshot, lead: User) -> Pack:
    return pack_on(snapshot, lead)
