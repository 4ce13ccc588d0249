"""One sheet: every cell, with its style and its safety, is written here."""

import datetime
import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.dimensions import RowDimension

from assessments.exports.marking import Headed, marking

Value = str | int | datetime.date | None

FONT = "Arial"
LINE = Side("thin", color="C9D0D6")
HEADING = {
    "font": Font(name=FONT, size=10, bold=True),
    "fill": PatternFill("solid", fgColor="E9EDF0"),
    "border": Border(bottom=Side("medium", color="47525B")),
    "alignment": Alignment(wrap_text=True, vertical="center", horizontal="left"),
}
BODY = {
    "font": Font(name=FONT, size=10),
    "border": Border(left=LINE, right=LINE, top=LINE, bottom=LINE),
    "alignment": Alignment(wrap_text=True, vertical="top", horizontal="left"),
}
TITLE = {"font": Font(name=FONT, size=14, bold=True)}
PLAIN = {"font": Font(name=FONT, size=10)}
A4, A3 = 9, 8
LINE_HEIGHT, HIGHEST_ROW = 12.75, 409.0
LETTERS_PER_WIDTH = 1.2  # widths count digits, which are wider than most letters

# Excel takes 32,767 UTF-16 units in a cell and loses what is beyond.
LONGEST, LONGEST_WITH_EMOJI = 32_000, 16_000
FORMULA_LIKE = ("=", "+", "-", "@", "\t", "'")
ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as “A”


@dataclass(frozen=True)
class Column:
    title: str
    width: float
    number_format: str = "General"


DATE = "d mmm yyyy"


class Sheet:
    """Rows under one row of headings, which stays in sight and is printed on each page."""

    def __init__(
        self,
        workbook: Workbook,
        title: str,
        columns: Sequence[Column],
        *,
        above: Iterable[str] = (),
        freeze: int = 0,
    ) -> None:
        """`above`: lines over the headings; `freeze`: columns that stay in sight."""
        self.sheet = workbook.create_sheet(title)
        self.columns = columns
        self.row = 0
        for line in above:
            self.write_row([line], [self.style(TITLE if self.row == 0 else PLAIN)])
        self.heading_row = self.row + 1
        headings = [each.title for each in columns]
        self.write_row(headings, [self.style(HEADING)] * len(columns))
        self.fit_height(headings)
        body = {kind: self.style(BODY, kind) for kind in {each.number_format for each in columns}}
        self.styles = [body[each.number_format] for each in columns]
        for number, column in enumerate(columns, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column.width
        self.sheet.freeze_panes = f"{get_column_letter(freeze + 1)}{self.heading_row + 1}"

    def style(self, parts: dict[str, Any], number_format: str = "General") -> Any:
        """Made once and shared by cells: setting the parts on each costs ten times as much."""
        cell: Any = Cell(self.sheet, 1, 1)
        for name, part in parts.items():
            setattr(cell, name, part)
        cell.number_format = number_format
        return cell._style

    def add(self, *values: Value) -> None:
        """A row; further rows below it for what is too long for one cell."""
        for parts in zip_longest(*map(cell_parts, values)):
            self.write_row(parts, self.styles)
            self.fit_height(parts)

    def write_row(self, values: Iterable[Value], styles: Sequence[Any]) -> None:
        self.row += 1
        cells: list[Any] = [Cell(self.sheet, self.row, 1) for _ in styles]
        for cell, value, style in zip(cells, values, styles, strict=True):
            write(cell, value, style)
        self.sheet.append(cells)

    def fit_height(self, values: Iterable[Value]) -> None:
        lines = max(map(line_count, values, self.columns), default=1)
        height = min(lines * LINE_HEIGHT + 3, HIGHEST_ROW)
        self.sheet.row_dimensions[self.row] = FittedRow(self.sheet, self.row, ht=height)

    def reach(self, number: int) -> str:
        """The cells under heading `number`, from 1; at least one row."""
        letter = get_column_letter(number)
        return f"{letter}{self.heading_row + 1}:{letter}{max(self.row, self.heading_row + 1)}"

    def finish(self, record: Headed, *, paper: int = A4) -> None:
        """Filters, and how it prints. After the last row."""
        sheet = self.sheet
        last = get_column_letter(len(self.columns))
        sheet.auto_filter.ref = f"A{self.heading_row}:{last}{self.row}"
        sheet.print_title_rows = f"{self.heading_row}:{self.heading_row}"
        self.name_table(f"$A${self.heading_row}:${last}${self.row}")
        set_up_print(sheet, record, paper)

    def name_table(self, cells: str) -> None:
        """“Front_sheet” for the headings and rows of “Front sheet”."""
        title = self.sheet.title
        name = DefinedName(title.replace(" ", "_"), attr_text=f"'{title}'!{cells}")
        self.sheet.parent.defined_names[name.name] = name


class FittedRow(RowDimension):
    """Excel keeps the height to the text when that is edited; openpyxl alone would fix it."""

    customHeight = False


def line_count(value: Value, column: Column) -> int:
    """A guess that is rather too high: programs other than Excel take the height as given."""
    if not isinstance(value, str):
        return 1
    fit = column.width * LETTERS_PER_WIDTH
    if len(value) < fit and "\n" not in value:
        return 1
    return sum(1 + int(len(line) / fit) for line in value.split("\n"))


def write(cell: Any, value: Value, style: Any) -> None:
    """The only way into a cell. Text is text, whatever it looks like, also when edited later.

    It is written past `cell.value`, which looks for a formula, an error and unprintable
    characters in it: here it is never the first two, and `printable` took out the others.
    """
    cell._style = style
    if value is None or value == "":
        return
    if not isinstance(value, str):
        cell.value = value
    else:
        cell._value = ESCAPE_LIKE.sub("_x005F_", value)
        cell.data_type = "s"
        if value.startswith(FORMULA_LIKE):
            cell._style = copy(style)
            cell.quotePrefix = True


def cell_parts(value: Value) -> list[Value]:
    if not isinstance(value, str) or len(value) <= LONGEST_WITH_EMOJI:
        return [value]
    size = LONGEST if value.isascii() or max(value) <= "\uffff" else LONGEST_WITH_EMOJI
    return [value[start : start + size] for start in range(0, len(value), size)]


def set_up_print(sheet: Any, record: Headed, paper: int = A4) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.oddHeader.left.text = in_header(f"{record.council_name}: {sheet.title}")
    sheet.oddHeader.right.text = in_header(marking(record))
    sheet.oddFooter.left.text = in_header(f"{record.toolkit_title}, {record.period}")
    sheet.oddFooter.right.text = "Page &P of &N"


def in_header(text: str) -> str:
    """`&` starts a code there, and three parts of a line share 255 characters."""
    return " ".join(text.split())[:110].replace("&", "&&")
