"""What the templates of the PDF and the web version are given: both draw the same blocks."""

import datetime
from typing import Any

from assessments.exports.characters import printable
from assessments.exports.report import words
from assessments.exports.report.rows import is_short
from assessments.report import Block, Bullets, Cell, FrontSheet, Heading, Paragraph, Report, Table

KINDS = {
    Heading: "heading",
    Paragraph: "paragraph",
    Bullets: "bullets",
    Table: "table",
    FrontSheet: "front_sheet",
}


def page_context(report: Report, made_on: datetime.date) -> dict[str, Any]:
    report = printable(report)
    return {
        "report": report,
        "made_on": made_on,
        "blocks": [(KINDS[type(block)], block, rows(block)) for block in report.blocks],
        "title": words.document_title(report),
        "standing": words.standing(report),
        "footer": words.footer(report),
        "contents": [each for each in report.headings if each.level == 2],
        "closing": words.closing(report, made_on),
    }


def rows(block: Block) -> list[tuple[tuple[Cell, ...], bool]]:
    """Of a table, each with whether a page may not end within it."""
    if not isinstance(block, Table):
        return []
    return [(row, is_short(block, row)) for row in block.rows]
