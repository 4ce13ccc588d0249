"""Who changed what in a pack, and when, readable on screen."""

import dataclasses
import datetime
import re

import pytest
from django.urls import reverse

from assessments.models import Pack, PackSection, PartKind, Snapshot, User
from assessments.pack_changes import PackChanges
from assessments.presenters.pack_history import days_of
from assessments.services.pack_sections import (
    PartInput,
    Verification,
    add_part,
    leave_out,
    move_part,
    remove_part,
    save_parts,
    verify,
)
from assessments.services.packs import change_meeting
from tests.cast import SignIn
from tests.packs import MEETING, pack_on, section

DAY = datetime.date(2026, 2, 9)


def write(section: PackSection, words: str, by: User, sensitivity: str = "public") -> None:
    part = section.parts.all()[0]
    mine = PartInput(part.pk, part.version, words, sensitivity)
    save_parts(section=section, parts=[mine], by=by)


def told(pack: Pack, heading: str) -> list[str]:
    """Every line under a heading, the oldest first within an entry."""
    days = days_of(PackChanges(pack).page(1))
    subjects = (s for day in days for entry in day.entries for s in entry.subjects)
    return [
        " ".join(filter(None, [line.words, line.old, line.new, *(t for _, t in line.pieces)]))
        for subject in subjects
        if subject.heading == heading
        for line in subject.lines
    ]


@pytest.fixture
def financial(pack: Pack, lead: User) -> PackSection:
    found = section(pack, "financial")
    found.parts.all().delete()
    add_part(section=found, kind=PartKind.TEXT, by=lead)
    return found


def test_words_are_shown_with_their_differences(
    as_: SignIn, pack: Pack, financial: PackSection, lead: User, publisher: User
) -> None:
    write(financial, "Paid from core funding.", lead)
    write(financial, "Paid from the grant.", publisher, "exempt-3")
    html = as_(lead).get(reverse("councils:pack_history", args=["northmere", pack.pk]))
    page = html.content.decode()
    assert re.search(r"<del><span[^>]*>removed: </span>core funding\.</del>", page)
    assert re.search(r"<ins><span[^>]*>added: </span>the grant\.</ins>", page)
    assert publisher.name in page
    assert "Exempt, paragraph 3" in page


def test_a_verification_and_its_end_are_told(
    pack: Pack, financial: PackSection, lead: User
) -> None:
    financial.refresh_from_db()
    who = Verification("Section 151 officer", "Fay Finance, Accountant", DAY)
    verify(section=financial, version=financial.version, verification=who, by=lead)
    write(financial, "Other words.", lead)
    lines = told(pack, "Financial")
    assert "To be verified by Section 151 officer" in lines
    assert "Verified Fay Finance, Accountant, 9 February 2026" in lines
    assert "To be verified again Fay Finance, Accountant, 9 February 2026" in lines


def test_the_meeting_is_told(pack: Pack, lead: User) -> None:
    meeting = dataclasses.replace(
        MEETING, item="7", meeting_on=datetime.date(2026, 3, 3), director="Dora Director"
    )
    change_meeting(pack=pack, version=1, meeting=meeting, by=lead)
    lines = told(pack, "The meeting")
    assert "Pack started on snapshot 1" in lines
    assert "Item number 6 7" in lines
    assert "Date of the meeting 20 February 2026 3 March 2026" in lines


def test_parts_that_come_move_and_go_are_told(pack: Pack, lead: User, snapshot: Snapshot) -> None:
    issues = section(pack, "issues")
    block = add_part(section=issues, kind=PartKind.OVERDUE, snapshot=snapshot, by=lead)
    text = add_part(section=issues, kind=PartKind.TEXT, by=lead)
    move_part(part=text, up=True, by=lead)
    remove_part(part=block, by=lead)
    leave_out(section=issues, out=True, by=lead)
    leave_out(section=issues, out=False, by=lead)
    lines = told(pack, issues.heading)
    assert f"Moved to place {block.position}" in lines
    for words in (
        "Block “Overdue actions” added from snapshot 1",
        "Block “Overdue actions” removed",
        "Empty text added",
        "Left out of the report",
        "Taken into the report again",
    ):
        assert words in lines


def test_a_removed_part_keeps_its_words(pack: Pack, financial: PackSection, lead: User) -> None:
    write(financial, "Gone, but not lost.", lead)
    remove_part(part=financial.parts.all()[0], by=lead)
    assert "Text removed Gone, but not lost." in told(pack, "Financial")


def test_another_packs_changes_are_not_told(pack: Pack, snapshot: Snapshot, lead: User) -> None:
    before = PackChanges(pack).page(1).paginator.count
    pack_on(snapshot, lead)
    assert PackChanges(pack).page(1).paginator.count == before
