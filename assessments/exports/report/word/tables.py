"""Tables with their headings marked as such, for Word's own and other readers."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from assessments.exports.report.rows import is_short
from assessments.exports.report.word.styles import CELL, DATA_TABLE, FACTS_TABLE
from assessments.exports.report.word.text import add_cell
from assessments.exports.report.word.xml import element
from assessments.report import Cell, Line, Table

FIRST_ROW, FIRST_COLUMN, NO_BANDS = 0x20, 0x80, 0x600


def add_facts(document: Document, facts: Sequence[Line]) -> None:
    rows = [(line.label, line.text) for line in facts]
    table = new_table(document, rows, (38, 62), FACTS_TABLE)
    set_flags(table, FIRST_COLUMN)


def add_table(document: Document, block: Table) -> None:
    rows = [tuple(column.heading for column in block.columns), *block.rows]
    widths = [column.width for column in block.columns]
    table = new_table(document, rows, widths, DATA_TABLE)
    set_flags(table, FIRST_ROW | FIRST_COLUMN)
    name_table(table, block.caption)
    lines: Any = table._tbl.tr_lst
    lines[0].get_or_add_trPr().append(element("w:cantSplit"))
    lines[0].get_or_add_trPr().append(element("w:tblHeader"))
    for line, row in zip(lines[1:], block.rows, strict=True):
        if is_short(block, row):
            line.get_or_add_trPr().append(element("w:cantSplit"))


def new_table(
    document: Document, rows: Sequence[tuple[Cell, ...]], widths: Sequence[int], style: str
) -> WordTable:
    table: WordTable = document.add_table(len(rows), len(widths), style)
    table.autofit = False
    section = document.sections[0]
    across = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    shares = [Length(int(across * width / sum(widths))) for width in widths]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = share
    cell_style = document.styles[CELL]
    for line, row in zip(table._tbl.tr_lst, rows, strict=True):
        for place, share, cell in zip(line.tc_lst, shares, row, strict=True):
            place.width = share
            paragraph = WordParagraph(place.p_lst[0], table)
            paragraph.style = cell_style
            add_cell(paragraph, cell)
    return table


def set_flags(table: WordTable, flags: int) -> None:
    """Which of its cells are headings."""
    properties: Any = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    look = element(
        "w:tblLook",
        val=f"{flags | NO_BANDS:04X}",
        firstRow=int(bool(flags & FIRST_ROW)),
        lastRow=0,
        firstColumn=int(bool(flags & FIRST_COLUMN)),
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    properties.append(look)


def name_table(table: WordTable, caption: str) -> None:
    table._tbl.tblPr.append(element("w:tblCaption", val=caption))
