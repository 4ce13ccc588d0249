"""What goes out and comes back untouched changes nothing, whatever the cycle holds."""

from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assessments.exports.characters import printable_text
from assessments.models import (
    Action,
    ActionLink,
    ActionOwner,
    Answer,
    Council,
    Cycle,
    EvidenceStatement,
    ProgressUpdate,
    User,
)
from assessments.record import CycleRecord, Person
from assessments.record_builder import blank_record
from assessments.services.interchange import load_cycle
from assessments.services.workbooks import confirm_return, merge_of
from assessments.workbooks.rows import notes_from
from assessments.workbooks.values import comparable
from benchmarks.models import Toolkit
from tests.exports.strategies import NASTY, records, with_fixtures
from tests.workbooks.sheets import (
    Partner,
    column,
    made,
    sent_back,
    through_libreoffice,
)

HISTORIES = [Answer, EvidenceStatement, Action, ActionOwner, ActionLink, ProgressUpdate]


@pytest.fixture
def edition(toolkit: Toolkit) -> CycleRecord:
    return blank_record("small", "rag")


def history_rows() -> int:
    return sum(model.history.count() for model in HISTORIES)


def assert_nothing_changes(cycle: Cycle, data: bytes, by: User) -> None:
    before = history_rows()
    returned = sent_back(cycle, data, by)
    assert returned.said == []
    assert [note.says for note in notes_from(returned.notes)] == []
    confirm_return(returned=returned, by=by)
    assert history_rows() == before


@settings(with_fixtures, max_examples=40, phases=[Phase.generate])
@given(data=st.data())
def test_an_untouched_workbook_changes_nothing(
    edition: CycleRecord, northmere: Council, lead: User, data: st.DataObject
) -> None:
    record = data.draw(records(edition, [Person(lead.name, lead.email)]))
    with transaction.atomic():
        cycle = load_cycle(council=northmere, record=record, by=lead).cycle
        file = made(cycle, lead)
        assert_nothing_changes(cycle, file, lead)
        assert_nothing_changes(cycle, Partner(file).file, lead)
        transaction.set_rollback(True)


def test_nor_does_one_that_libreoffice_has_saved_again(
    cycle: Cycle, lead: User, tmp_path: Path
) -> None:
    questions = [row.question for row in cycle.questions.select_related("question")]
    for number, text in enumerate(NASTY):
        question = questions[number % len(questions)]
        EvidenceStatement.objects.create(cycle=cycle, question=question, text=text)
        action = Action.objects.create(council=cycle.council, text=text, due_words=text[:50])
        ActionLink.objects.create(action=action, cycle=cycle, question=question)
    assert_nothing_changes(cycle, through_libreoffice(made(cycle, lead), tmp_path), lead)


def test_the_merge_of_an_untouched_workbook_is_empty(cycle: Cycle, lead: User) -> None:
    merge = merge_of(sent_back(cycle, made(cycle, lead), lead))
    assert (list(merge.changes), merge.same) == ([], 0)


def test_what_a_partner_writes_stands_in_the_next_workbook(cycle: Cycle, lead: User) -> None:
    partner = Partner(made(cycle, lead))
    texts = [printable_text(text) for text in NASTY if text.strip() and text[0] not in "=#"]
    sheet = partner.sheet()
    evidence, width = column(sheet, "evidence"), sheet.max_column
    for text in texts:
        row: list[str | None] = [None] * width
        row[1], row[evidence - 1] = "2.1", text
        sheet.append(row)
    confirm_return(returned=sent_back(cycle, partner.file, lead), by=lead)
    after = Partner(made(cycle, lead))
    held = {cell.value for row in after.sheet().iter_rows() for cell in row}
    found = {comparable(text) for text in held if isinstance(text, str)}
    assert {comparable(text) for text in texts} <= found
