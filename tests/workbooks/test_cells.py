"""What people type into the cells of a workbook, and what is understood."""

import datetime

import pytest

from assessments.imports.spreadsheet.cells import FORMULA
from assessments.models import Cycle, EvidenceStatement, User
from assessments.workbooks.rows import notes_from
from assessments.workbooks.values import TITLES
from tests.workbooks.sheets import Partner, made, notes, partner_of, said, sent_back


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (2024, "2024"),
        (7.5, "7.5"),
        (datetime.date(2026, 5, 1), "1 May 2026"),
        (datetime.datetime(2026, 5, 1, 14, 30), "1 May 2026, 14:30"),  # noqa: DTZ001
        (True, "TRUE"),
    ],
)
def test_numbers_and_dates_in_a_text_cell_are_text(
    answered: Cycle, lead: User, typed: object, text: str
) -> None:
    partner = partner_of(answered, lead).write("2.1/0", "evidence", typed)
    assert said(sent_back(answered, partner.file, lead)) == [("2.1/0", "evidence", text)]


def test_a_formula_is_named_and_never_worked_out(answered: Cycle, lead: User) -> None:
    partner = partner_of(answered, lead).write("1.1/1", "evidence", '="a"&"b"')
    partner.write("2.1/0", "evidence", "=1+1")
    returned = sent_back(answered, partner.file, lead)
    assert (said(returned), notes(returned)) == ([], [FORMULA, FORMULA])


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("rating", "green", "green"),
        ("rating", "G", "green"),
        ("rating", "● Green", "green"),
        ("rating", None, ""),
        ("reason_readers", "exempt 3", "exempt-3"),
        ("covers", "1 and 2", "1, 2"),
        ("covers", 3, "3"),
        ("covers", None, ""),
    ],
)
def test_words_people_use_are_understood(
    answered: Cycle, lead: User, name: str, typed: object, value: str
) -> None:
    partner = partner_of(answered, lead).write("1.1/1", name, typed)
    assert said(sent_back(answered, partner.file, lead)) == [("1.1/1", name, value)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("rating", "Greenish"),
        ("reason_readers", "only us"),
        ("covers", "the first"),
        ("covers", "9"),
        ("evidence", "x" * 20_001),
    ],
)
def test_words_nobody_knows_change_nothing_and_are_shown(
    answered: Cycle, lead: User, name: str, typed: str
) -> None:
    partner = partner_of(answered, lead).write("1.1/1", name, typed)
    returned = sent_back(answered, partner.file, lead)
    (note,) = notes_from(returned.notes)
    assert (said(returned), note.place) == ([], f"Answers, row 4, {TITLES[name]}")
    assert note.text == typed


def test_an_unknown_reader_never_makes_new_evidence_public(answered: Cycle, lead: User) -> None:
    partner = partner_of(answered, lead).write("2.1/0", "evidence", "Secret.")
    partner.write("2.1/0", "readers", "just the board")
    returned = sent_back(answered, partner.file, lead)
    assert said(returned) == []
    assert "Secret." in [note.text for note in notes_from(returned.notes)]


def test_cells_of_text_are_never_formulas(cycle: Cycle, lead: User) -> None:
    question = cycle.questions.get(question__ref="2.1").question
    EvidenceStatement.objects.create(cycle=cycle, question=question, text="=HYPERLINK(1)")
    book = Partner(made(cycle, lead)).book
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert [sheet.sheet_state for sheet in book] == ["visible"] * 3
