"""A workbook to be filled in offline and sent back: every row with a key by which it is known."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName

from assessments.exports.characters import printable_text
from assessments.exports.files import in_name
from assessments.exports.marking import marking
from assessments.exports.workbook import describe
from assessments.exports.workbook.ratings import (
    NAME,
    colour_ratings,
    name_choices,
    offer_choices,
    prompt_choices,
)
from assessments.exports.workbook.saving import saved
from assessments.exports.workbook.sheet import (
    A3,
    BODY,
    DATE,
    LONGEST_WITH_EMOJI,
    Column,
    Sheet,
    Value,
    cell_parts,
)
from assessments.models import ActionStatus, Audience, Sensitivity
from assessments.record import CycleRecord
from assessments.workbooks.rows import Row
from assessments.workbooks.values import (
    ACTION,
    ACTION_COLUMNS,
    ANSWER_CELLS,
    ANSWER_COLUMNS,
    BESIDE,
    COMPLETED_ON,
    COVERED,
    COVERS,
    DUE,
    EVIDENCE,
    KEY,
    OWNERS,
    PROGRESS,
    RATING,
    READERS,
    REASON,
    SENSITIVITIES,
    SO_FAR,
    STATUS,
    TITLES,
    TOO_LONG,
    Vocabulary,
)

ABOUT, ANSWERS, ACTIONS = "About this workbook", "Answers", "Actions"
READERS_NAME = "Readers"
BLANK_ACTIONS = 15
TEXT = "@"
CONTEXT = {**BODY, "fill": PatternFill("solid", fgColor="F2F4F5")}

CONTEXT_OF_ANSWERS = [
    Column(KEY, 10, TEXT),
    Column("Ref", 6, TEXT),
    Column("Question", 28),
    Column("No.", 5),
    Column("Prompt", 34),
    Column(COVERED, 14),
]
WIDTHS = {RATING: 15, REASON: 24, EVIDENCE: 62, COVERS: 10, ACTION: 50, OWNERS: 24}
WIDTHS |= {DUE: 14, STATUS: 14, COMPLETED_ON: 13, BESIDE: 16, PROGRESS: 44}
FORMATS = {COVERS: TEXT, BESIDE: TEXT, DUE: DATE, COMPLETED_ON: DATE}


@dataclass(frozen=True)
class WorkingBook:
    """`edition`: the wording that was asked, headed with the council and the period. `progress`:
    by primary key of the action. `token` names the workbook to whoever reads it back."""

    edition: CycleRecord
    vocabulary: Vocabulary
    rows: Sequence[Row]
    progress: Mapping[int, str]
    whose: str
    token: str
    made_on: datetime.date

    @property
    def council_name(self) -> str:
        return self.edition.council_name

    @property
    def toolkit_title(self) -> str:
        return self.edition.toolkit_title

    @property
    def period(self) -> str:
        return self.edition.period

    @property
    def audience(self) -> str:
        return Audience.BOARD.value

    @property
    def has_restricted_text(self) -> bool:
        readers = (row.cells.get(name) for row in self.rows for name in SENSITIVITIES)
        return any(each not in (None, "", Sensitivity.PUBLIC) for each in readers)

    @property
    def file_name(self) -> str:
        """“Northmere Prevent 2025-26 workbook for Conor (restricted).xlsx”."""
        name = f"{in_name(self.council_name)} Prevent {in_name(self.period, '-')}"
        restricted = "restricted" if self.has_restricted_text else "not for publication"
        return f"{name} workbook for {in_name(self.whose or 'everybody')} ({restricted}).xlsx"


def that_fit(rows: Sequence[Row]) -> list[Row]:
    """Without the cells whose text no spreadsheet cell can hold: those stay as they are."""
    return [
        dataclasses.replace(
            row, cells={name: value for name, value in row.cells.items() if fits(value)}
        )
        for row in rows
    ]


def fits(value: str) -> bool:
    return len(cell_parts(printable_text(value))) == 1


def render_working_workbook(book: WorkingBook) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    about_sheet(workbook, book)
    answers_sheet(workbook, book)
    actions_sheet(workbook, book)
    describe(workbook, book, book.made_on)
    workbook.properties.keywords = book.token
    return saved(workbook)


def about_sheet(workbook: Workbook, book: WorkingBook) -> None:
    columns = [Column("Choices", 46), Column("What it means", 90)]
    sheet = Sheet(workbook, ABOUT, columns, above=[*map(printable_text, about(book)), ""])
    first = sheet.row + 1
    meanings = [*(level.meaning for level in book.edition.levels), "Say why, as the reason.", ""]
    for choice, meaning in zip(prompt_choices(book.edition), meanings, strict=True):
        sheet.add(choice, meaning)
    name_choices(workbook, f"'{ABOUT}'!$A${first}:$A${sheet.row}")
    colour_ratings(sheet, sheet.reach(1), book.edition.levels)
    first = sheet.row + 1
    for each in Sensitivity:
        meaning = "Anybody." if each == Sensitivity.PUBLIC else "Left out of public documents."
        sheet.add(str(each.label), meaning)
    cells = f"'{ABOUT}'!$A${first}:$A${sheet.row}"
    workbook.defined_names[READERS_NAME] = DefinedName(READERS_NAME, attr_text=cells)
    sheet.finish(book)


def about(book: WorkingBook) -> list[str]:
    whose = f"For {book.whose}" if book.whose else "For everybody"
    edition = book.edition
    return [
        ABOUT,
        f"{book.council_name}: {book.toolkit_title}, {book.period}, position as at "
        f"{edition.as_at:%-d %B %Y}. {whose}. Made on {book.made_on:%-d %B %Y}.",
        marking(book) + ". Not for publication: keep it to the people it was sent to.",
        "Fill in the white cells on the sheets Answers and Actions, save the file, and send it "
        "back. Nothing changes before the lead has seen each change and has confirmed it.",
        "Leave the grey cells as they are. You may sort, filter and hide rows and columns.",
        "A new evidence goes into an empty row; several for one prompt: copy its row. A new "
        "action goes into an empty row at the end, with the question it stands beside.",
        "Write text, not formulas: a formula isn’t worked out and isn’t taken.",
        f"Number of this workbook (leave it as it is): {book.token}",
    ]


def answers_sheet(workbook: Workbook, book: WorkingBook) -> None:
    sheet = start(workbook, book, ANSWERS, CONTEXT_OF_ANSWERS, ANSWER_COLUMNS, freeze=2)
    covered = covered_elsewhere(book.rows)
    for row in book.rows:
        if row.action is None:
            places = ", ".join(covered.get((row.ref, row.position), []))
            sheet.add(*asked(book.edition, row), places, *cells(book, row, ANSWER_COLUMNS))
    offer(sheet, book, len(CONTEXT_OF_ANSWERS), ANSWER_COLUMNS)
    sheet.finish(book, paper=A3)


def covered_elsewhere(rows: Sequence[Row]) -> dict[tuple[str, int], list[str]]:
    """Where evidence stands that covers a prompt further down."""
    found: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        positions = map(int, filter(None, row.cells.get(COVERS, "").split(", ")))
        for position in positions if row.statement is not None else ():
            if position != row.position:
                found.setdefault((row.ref, position), []).append(f"at prompt {row.position}")
    return found


def asked(edition: CycleRecord, row: Row) -> list[Value]:
    question = edition.questions[row.ref]
    prompts = {each.position: each.prompt for each in question.answers}
    whole = "The question as a whole" if any(prompts) else ""
    prompt = prompts[row.position] if row.position else whole
    return [row.key, row.ref, question.text, row.position or None, prompt]


def actions_sheet(workbook: Workbook, book: WorkingBook) -> None:
    context = [Column(KEY, 10, TEXT), Column(SO_FAR, 44)]
    sheet = start(workbook, book, ACTIONS, context, ACTION_COLUMNS, freeze=1)
    for row in book.rows:
        if row.action is not None:
            progress = shortened(printable_text(book.progress.get(row.action, "")))
            sheet.add(row.key, progress, *cells(book, row, ACTION_COLUMNS))
    for _ in range(BLANK_ACTIONS):
        sheet.add(*[None] * len(sheet.columns))
    offer(sheet, book, len(context), ACTION_COLUMNS)
    sheet.finish(book, paper=A3)


def start(
    workbook: Workbook,
    book: WorkingBook,
    title: str,
    context: Sequence[Column],
    names: Sequence[str],
    *,
    freeze: int,
) -> Sheet:
    columns = [Column(TITLES[name], WIDTHS.get(name, 22), form(name)) for name in names]
    above = [printable_text(f"{title}: {book.council_name}, {book.period}"), marking(book)]
    sheet = Sheet(workbook, title, [*context, *columns], above=above, freeze=freeze)
    for number, column in enumerate(context):
        sheet.styles[number] = sheet.style(CONTEXT, column.number_format)
    return sheet


def form(name: str) -> str:
    return FORMATS.get(name, "General")


def cells(book: WorkingBook, row: Row, names: Sequence[str]) -> list[Value]:
    return [cell(book, row, name) for name in names]


def cell(book: WorkingBook, row: Row, name: str) -> Value:
    if name == PROGRESS or (name in ANSWER_CELLS and row.answer is None):
        return None
    if name == READERS and row.statement is None:
        return None  # there is nothing yet to be read
    if name not in row.cells:
        return TOO_LONG
    value = book.vocabulary.in_file(name, row.cells[name])
    return printable_text(value) if isinstance(value, str) else value


def offer(sheet: Sheet, book: WorkingBook, before: int, names: Sequence[str]) -> None:
    """Drop-downs and colours. `before`: how many columns stand before those of `names`."""
    statuses = ",".join(ActionStatus.labels)
    lists: dict[str, Any] = {RATING: NAME, STATUS: f'"{statuses}"'}
    lists |= dict.fromkeys(SENSITIVITIES, READERS_NAME)
    for number, name in enumerate(names, start=before + 1):
        if name in lists:
            says = f"Choose from the list; the sheet “{ABOUT}” has it too."
            offer_choices(sheet, sheet.reach(number), lists[name], says)
        if name == RATING:
            colour_ratings(sheet, sheet.reach(number), book.edition.levels)


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_WITH_EMOJI else f"{text[: LONGEST_WITH_EMOJI - 1]}…"
