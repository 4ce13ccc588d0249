"""What the templates of the PDF and the web version are given: both draw the same blocks."""

import datetime
from typing import Any

from assessments.exports.characters import printable
from assessments.exports.report import words
from assessments.report import Bullets, FrontSheet, Heading, Link, Paragraph, Report, Table

KINDS = {
    Heading: "heading",
    Paragraph: "paragraph",
    Bullets: "bullets",
    Table: "table",
    FrontSheet: "front_sheet",
    Link: "link",
}


def page_context(report: Report, made_on: datetime.date) -> dict[str, Any]:
    report = printable(report)
    return {
        "report": report,
        "made_on": made_on,
        "blocks": [(KINDS[type(block)], block) for block in report.blocks],
        "title": words.document_title(report),
        "standing": words.standing(report),
        "footer": words.footer(report),
        "contents": [each for each in report.headings if each.level == 2],
        "closing": words.closing(report, made_on),
    }
