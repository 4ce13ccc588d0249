"""Which cycle a workbook that comes back belongs to."""

import datetime

import pytest

from assessments.imports.problems import ImportProblems
from assessments.models import Council, Cycle, Membership, Role, User
from assessments.services.cycles import start_cycle
from assessments.services.workbooks import ELSEWHERE, FORGED
from tests.workbooks.sheets import (
    lose_the_about_sheet,
    lose_the_properties,
    made,
    partner_of,
    sent_back,
)


def test_a_workbook_of_another_cycle_is_refused_by_its_name(cycle: Cycle, lead: User) -> None:
    other = start_cycle(
        council=cycle.council,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        period="2024/25",
        as_at=datetime.date(2024, 12, 1),
        by=lead,
    )
    with pytest.raises(ImportProblems, match="of the cycle Small toolkit, 2024/25: upload it"):
        sent_back(cycle, made(other, lead), lead)


def test_a_workbook_of_another_council_is_refused_without_its_name(
    cycle: Cycle, lead: User, southbeck: Council
) -> None:
    Membership.objects.create(council=southbeck, user=lead, role=Role.LEAD)
    theirs = start_cycle(
        council=southbeck,
        toolkit=cycle.toolkit,
        scale=cycle.scale,
        period="2025/26",
        as_at=datetime.date(2025, 12, 1),
        by=lead,
    )
    with pytest.raises(ImportProblems) as refused:
        sent_back(cycle, made(theirs, lead), lead)
    assert refused.value.messages == [ELSEWHERE]


def test_a_number_that_was_changed_is_refused(cycle: Cycle, lead: User) -> None:
    partner = partner_of(cycle, lead)
    partner.book.properties.keywords = "prevent-workbook:MQ:abc:forged"
    with pytest.raises(ImportProblems) as refused:
        sent_back(cycle, partner.file, lead)
    assert refused.value.messages == [FORGED]


def test_a_workbook_that_lost_its_number_is_read_by_its_columns(cycle: Cycle, lead: User) -> None:
    partner = partner_of(cycle, lead)
    lose_the_about_sheet(partner, partner.sheet())
    lose_the_properties(partner, partner.sheet())
    returned = sent_back(cycle, partner.file, lead)
    assert returned.workbook is None
    assert [sheet["title"] for sheet in returned.sheets] == ["Answers", "Actions"]


def test_a_workbook_whose_sheets_are_gone_is_refused(cycle: Cycle, lead: User) -> None:
    partner = partner_of(cycle, lead)
    del partner.book["Answers"], partner.book["Actions"]
    with pytest.raises(ImportProblems, match="None of the sheets"):
        sent_back(cycle, partner.file, lead)
