"""A sheet of anybody's making as rows of text, which a form and JSON can hold."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from assessments.exports.characters import printable_text
from assessments.imports.office import MAX_BYTES
from assessments.imports.problems import ImportProblems
from assessments.imports.spreadsheet.cells import RawSheet, RawWorkbook, filled_rows
from assessments.imports.spreadsheet.package import NOT_A_WORKBOOK
from assessments.workbooks.rows import Note, as_json

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 3_000, 40, 20
NOTHING = "There is no text in this file."
TOO_MANY_ROWS = (
    "A sheet of this file has more than 3,000 rows or 40 columns, more than any self-assessment. "
    "Take out what doesn’t belong to it."
)


@dataclass(frozen=True)
class Grid:
    """`rows`: the number of each row and its texts, the first column first. `notes`: what in it
    can't be read, as JSON."""

    title: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(texts) for _, texts in self.rows), default=0)

    @classmethod
    def read(cls, stored: Any) -> "Grid":
        rows = [(number, texts) for number, texts in stored["rows"]]
        return cls(stored["title"], rows, stored.get("notes", []))

    def texts(self, row: int) -> list[str] | None:
        return next((texts for number, texts in self.rows if number == row), None)

    @property
    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def grids_of(workbook: RawWorkbook) -> list[Grid]:
    """Sheets that hold anything. Raises ImportProblems."""
    grids = [grid_of(sheet) for sheet in workbook.sheets if sheet.cells]
    if not grids:
        raise ImportProblems(NOTHING)
    return grids[:MOST_SHEETS]


def grid_of(sheet: RawSheet) -> Grid:
    width = max(column for cells in sheet.cells.values() for column in cells)
    if len(sheet.cells) > MOST_ROWS or width > MOST_COLUMNS:
        raise ImportProblems(TOO_MANY_ROWS)
    rows = [
        (number, [cells[column].text if column in cells else "" for column in range(1, width + 1)])
        for number, cells in filled_rows(sheet)
    ]
    title = printable_text(sheet.title)
    notes = [
        Note(f"{title}, row {number}", raw.refused)
        for number, cells in filled_rows(sheet)
        for raw in cells.values()
        if raw.refused
    ]
    return Grid(title, rows, as_json(notes[:MOST_ROWS]))


def read_csv(data: bytes) -> list[Grid]:
    """Raises ImportProblems."""
    if len(data) > MAX_BYTES or b"\x00" in data:
        raise ImportProblems(NOT_A_WORKBOOK)
    text = decoded(data)
    delimiter = max(",;\t", key=text[:20_000].count)
    csv.field_size_limit(1_000_000)
    try:
        return [Grid("CSV", [*filled(csv.reader(io.StringIO(text), delimiter=delimiter))])]
    except csv.Error as error:
        raise ImportProblems(NOT_A_WORKBOOK) from error


def filled(rows: Iterable[list[str]]) -> Iterable[tuple[int, list[str]]]:
    count = 0
    for number, texts in enumerate(rows, start=1):
        if any(map(str.strip, texts)):
            count += 1
            if count > MOST_ROWS or len(texts) > MOST_COLUMNS:
                raise ImportProblems(TOO_MANY_ROWS)
            yield number, texts
    if not count:
        raise ImportProblems(NOTHING)


def decoded(data: bytes) -> str:
    """As Excel saves it: UTF-8, or the code page of Windows."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
