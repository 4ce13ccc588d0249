"""What people and programs do to the rows and sheets of a workbook before they send it back."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from assessments.imports.spreadsheet.findings import (
    MERGED,
    MOVED,
    NO_HEADINGS,
    NO_PLACE,
    NO_QUESTION,
    NO_WORDS,
    NOT_RATED_HERE,
    OTHER_COLUMN,
    TWICE,
    UNKNOWN_KEY,
)
from assessments.models import Cycle, User
from assessments.workbooks.rows import notes_from, said_from
from tests.workbooks.sheets import (
    Partner,
    column,
    lose_the_about_sheet,
    lose_the_properties,
    notes,
    partner_of,
    said,
    sent_back,
    through_libreoffice,
)

Habit = Callable[[Partner, Worksheet], None]


def sort_upside_down(partner: Partner, sheet: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    for number, row in enumerate(reversed(rows), start=4):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place).value = value


def delete_columns(partner: Partner, sheet: Worksheet) -> None:
    for name in ("reason_readers", "readers", "covers"):
        sheet.delete_cols(column(sheet, name))
    sheet.delete_cols(3, 1)


def add_sheets(partner: Partner, sheet: Worksheet) -> None:
    other = partner.book.create_sheet("Notes of ours", 0)
    other["A1"], other["B1"], other["A2"] = "What", "Rating", "Ask about the campus"


def rename_headings(partner: Partner, sheet: Worksheet) -> None:
    for name, title in {
        "rating": "RAG rating",
        "evidence": "evidence:",
        "reason": "REASONS",
    }.items():
        sheet.cell(3, column(sheet, name)).value = title


def delete_headings(partner: Partner, sheet: Worksheet) -> None:
    sheet.delete_rows(1, 3)


def hide_and_filter(partner: Partner, sheet: Worksheet) -> None:
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.auto_filter.add_filter_column(1, ["2.1"])
    partner.book["Actions"].sheet_state = "hidden"


def move_columns(partner: Partner, sheet: Worksheet) -> None:
    last = sheet.max_column
    sheet.move_range(f"A1:A{sheet.max_row}", cols=last + 1)


def insert_blank_rows(partner: Partner, sheet: Worksheet) -> None:
    sheet.insert_rows(5, 3)
    sheet.insert_rows(1, 2)


def rename_sheets(partner: Partner, sheet: Worksheet) -> None:
    for number, each in enumerate(partner.book.worksheets):
        each.title = f"Sheet{number}"


def add_spaces(partner: Partner, sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = f"{cell.value}  \n"


def delete_key_column(partner: Partner, sheet: Worksheet) -> None:
    sheet.delete_cols(1)
    partner.book["Actions"].delete_cols(1)


HABITS: list[Habit] = [
    sort_upside_down,
    delete_columns,
    add_sheets,
    rename_headings,
    delete_headings,
    hide_and_filter,
    move_columns,
    insert_blank_rows,
    rename_sheets,
    add_spaces,
    lose_the_about_sheet,
    lose_the_properties,
    delete_key_column,
]


@pytest.mark.parametrize("habit", HABITS)
def test_only_what_was_filled_in_is_a_change(answered: Cycle, lead: User, habit: Habit) -> None:
    partner = partner_of(answered, lead)
    partner.write("1.1/2", "evidence", "The board owns them.").write("1.1/3", "rating", "Amber")
    partner.write("2.1/0", "evidence", "Something new.")
    habit(partner, partner.sheet())
    returned = sent_back(answered, partner.file, lead)
    assert sorted(said(returned)) == [
        ("1.1/2", "evidence", "The board owns them."),
        ("1.1/3", "rating", "amber"),
        ("2.1/0", "evidence", "Something new."),
    ]
    assert notes(returned) == ([NO_HEADINGS] if habit is delete_headings else [])


def test_and_after_libreoffice_has_saved_it(answered: Cycle, lead: User, tmp_path: Path) -> None:
    partner = partner_of(answered, lead).write("1.1/2", "evidence", "The board.\n• Twice")
    key = f"action/{answered.council.actions.get().pk}"
    partner.write(key, "due", datetime.date(2026, 3, 31))
    returned = sent_back(answered, through_libreoffice(partner.file, tmp_path), lead)
    assert said(returned) == [
        ("1.1/2", "evidence", "The board.\n• Twice"),
        (key, "due", "2026-03-31"),
    ]
    assert notes(returned) == []


def test_merged_cells_are_read_for_the_first_row_alone(answered: Cycle, lead: User) -> None:
    partner = partner_of(answered, lead).write("1.1/1", "evidence", "All of it.")
    letter = partner.sheet().cell(4, column(partner.sheet(), "evidence")).column_letter
    partner.sheet().merge_cells(f"{letter}4:{letter}6")
    returned = sent_back(answered, partner.file, lead)
    assert said(returned) == [("1.1/1", "evidence", "All of it.")]
    assert notes(returned) == [MERGED]


def test_a_copied_row_is_another_evidence(answered: Cycle, lead: User) -> None:
    partner = partner_of(answered, lead)
    sheet = partner.sheet()
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=4)]
    sheet.insert_rows(4)
    for place, value in enumerate(rows[0], start=1):
        sheet.cell(4, place).value = value
    sheet.cell(4, column(sheet, "evidence")).value = "And by a survey."
    (new,) = said_from(sent_back(answered, partner.file, lead).said)
    assert (new.key, new.ref, new.position) == ("new/Answers, row 4", "1.1", 1)
    assert (new.value, new.more) == ("And by a survey.", {"covers": "1", "readers": "public"})


def test_a_row_that_was_put_in_without_a_key_is_placed_by_its_question(
    answered: Cycle, lead: User
) -> None:
    partner = partner_of(answered, lead)
    sheet = partner.sheet()
    last = sheet.max_row + 1
    evidence = column(sheet, "evidence")
    sheet.cell(last, 2).value, sheet.cell(last, 4).value = "2.2", 2
    sheet.cell(last, evidence).value = "Yearly."
    sheet.cell(last + 1, evidence).value = "Of nowhere."
    sheet.cell(last + 2, 1).value, sheet.cell(last + 2, evidence).value = "9.9/1", "Of another."
    returned = sent_back(answered, partner.file, lead)
    (new,) = said_from(returned.said)
    assert (new.ref, new.position, new.value) == ("2.2", 2, "Yearly.")
    assert notes(returned) == [NO_PLACE, UNKNOWN_KEY]


def test_what_has_no_place_is_shown_with_its_words(answered: Cycle, lead: User) -> None:
    partner = partner_of(answered, lead).write("1.1/0", "rating", "Green")
    key = f"action/{answered.council.actions.get().pk}"
    partner.write(key, "action", None).write(key, "beside", "2.1")
    partner.add_action(action="Ask somebody")
    sheet = partner.sheet()
    extra = sheet.max_column + 1
    sheet.cell(3, extra).value, sheet.cell(4, extra).value = "Comments", "See the minutes"
    sheet.delete_rows(partner.row("2.2/2"))
    returned = sent_back(answered, partner.file, lead)
    assert said(returned) == []
    found = {note.says: note.text for note in notes_from(returned.notes)}
    assert found[OTHER_COLUMN] == "See the minutes"
    assert found[NO_QUESTION] == "Action: Ask somebody"
    assert {NOT_RATED_HERE, NO_WORDS, MOVED} < set(found)
    assert any("1 row of the workbook" in each for each in found)


def test_the_same_key_twice_without_a_difference_is_only_noted(answered: Cycle, lead: User) -> None:
    partner = partner_of(answered, lead)
    copy = partner.book.copy_worksheet(partner.sheet())
    copy.title = "Answers of last week"
    returned = sent_back(answered, partner.file, lead)
    assert said(returned) == []
    assert set(notes(returned)) == {TWICE}


def test_a_row_whose_key_was_emptied_is_known_by_its_place(answered: Cycle, lead: User) -> None:
    partner = partner_of(answered, lead).write("1.1/2", "rating", "Green")
    partner.sheet().cell(partner.row("1.1/2"), 1).value = None
    returned = sent_back(answered, partner.file, lead)
    assert (said(returned), notes(returned)) == ([("1.1/2", "rating", "green")], [])
