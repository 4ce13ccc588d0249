"""A Word document as plain rows in source order, whatever its layout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from assessments.imports.problems import ImportProblems
from assessments.imports.word.package import Package, open_package
from assessments.imports.word.shades import ShadeReader
from assessments.imports.word.styles import Styles
from assessments.imports.word.text import LEFT_OUT, TextReader
from assessments.imports.word.xml import W, children, digits, is_placeholder, value_of

MAX_ROWS = 5_000
MAX_CELLS = 50_000
MAX_CHARACTERS = 3_000_000
MAX_SPAN = 63  # of Word itself
TOO_MANY = (
    "This document has more than 5,000 rows or 50,000 cells, more than any toolkit. Take out the "
    "tables that don’t belong to the self-assessment, or empty rows."
)
TOO_MUCH_TEXT = (
    "This document holds more than 3,000,000 characters, more than any toolkit. Take out what "
    "doesn’t belong to the self-assessment."
)


@dataclass(frozen=True)
class Cell:
    """`continues`: merged with the cell above, which holds the text. `ink`: the one colour that
    all of a short text has, or stands on."""

    column: int
    span: int
    text: str
    shade: str = ""
    continues: bool = False
    ink: str = ""


@dataclass(frozen=True)
class Row:
    """`table` counts from 1; 0: a paragraph outside any table, as a row of one cell."""

    table: int
    row: int
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        return "\n".join(cell.text for cell in self.cells if cell.text)

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.text]


def read_rows(data: bytes) -> list[Row]:
    """Every row that holds text or continues one. Raises ImportProblems."""
    package = open_package(data)
    try:
        rows = list(reader_of(package).rows(package.document))
    except RecursionError as error:
        raise ImportProblems("This document is nested too deeply to be read.") from error
    if not any(row.filled for row in rows):
        raise ImportProblems("There is no text in this document.")
    return rows


def reader_of(package: Package) -> "BlockReader":
    styles = Styles(package.styles)
    return BlockReader(TextReader(package, styles), ShadeReader(package, styles))


class BlockReader:
    def __init__(self, text: TextReader, shades: ShadeReader) -> None:
        self.text = text
        self.shades = shades
        self.tables = self.cells_read = self.rows_read = self.characters = 0

    def rows(self, element: etree._Element) -> Iterator[Row]:
        for child in children(element):
            if child.tag == f"{W}p":
                yield from self.line(child)
            elif child.tag == f"{W}tbl" and is_frame(child):
                for cell in child.iterfind(f"{W}tr/{W}tc"):
                    yield from self.rows(cell)
            elif child.tag == f"{W}tbl":
                self.tables += 1
                yield from self.table(child, self.tables)
            elif child.tag not in LEFT_OUT:
                yield from self.rows(child)

    def line(self, element: etree._Element) -> Iterator[Row]:
        if text := self.text.paragraph(element).strip():
            cell = Cell(0, 1, text)
            self.count([cell])
            yield Row(0, self.rows_read, (cell,))

    def table(self, element: etree._Element, number: int) -> Iterator[Row]:
        found = (each for each in element.iter(f"{W}tr") if own_table(each) is element)
        for place, row in enumerate(found, start=1):
            if is_deleted(row):
                continue
            cells = tuple(self.cells(row))
            self.count(cells)
            if any(cell.text or cell.continues or cell.shade for cell in cells):
                yield Row(number, place, cells)

    def cells(self, row: etree._Element) -> Iterator[Cell]:
        column = int(digits(value_of(row.find(f"{W}trPr/{W}gridBefore"))) or 0)
        for cell in (each for each in row.iter(f"{W}tc") if own_row(each) is row):
            span = min(int(digits(value_of(cell.find(f"{W}tcPr/{W}gridSpan"))) or 1), MAX_SPAN)
            continues = is_continuation(cell)
            text = "" if is_empty(cell) else self.text.cell(cell).strip()
            shade, ink = self.shades.of_cell(cell), self.shades.of_text(cell, text)
            yield Cell(column, span, text, shade, continues and not text, ink)
            column += max(span, 1)

    def count(self, cells: Sequence[Cell]) -> None:
        self.rows_read += 1
        self.cells_read += len(cells)
        self.characters += sum(len(cell.text) for cell in cells)
        if self.rows_read > MAX_ROWS or self.cells_read > MAX_CELLS:
            raise ImportProblems(TOO_MANY)
        if self.characters > MAX_CHARACTERS:
            raise ImportProblems(TOO_MUCH_TEXT)


def own_table(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors(f"{W}tbl"), None)


def own_row(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors(f"{W}tr"), None)


def is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def is_continuation(cell: etree._Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and value_of(merge) != "restart"


def is_empty(cell: etree._Element) -> bool:
    """Deleted, or still to be filled in."""
    control = cell.getparent()
    control = control.getparent() if control is not None else None
    is_blank = control is not None and is_placeholder(control)
    return is_blank or cell.find(f"{W}tcPr/{W}cellDel") is not None


def is_frame(table: etree._Element) -> bool:
    """A table of one column drawn around tables: what is in it is read as if it weren't."""
    rows = list(table.iterchildren(f"{W}tr"))
    cells = [list(row.iterchildren(f"{W}tc")) for row in rows]
    if not rows or any(len(row) != 1 for row in cells):
        return False
    return any(
        len(inner.findall(f"{W}tr")) > 1
        for (cell,) in cells
        for inner in cell.iterchildren(f"{W}tbl")
    )
