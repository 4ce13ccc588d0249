"""The report as a Word document, to go on in a council's own process."""

import datetime
import io

from docx import Document

from assessments.exports.characters import printable
from assessments.exports.report import words
from assessments.exports.undated_zip import undated
from assessments.report import Bullets, FrontSheet, Heading, Paragraph, Report, Run, Table


def render_report_docx(
    report: Report, *, made_on: datetime.date, template: bytes | None = None
) -> bytes:
    """The same bytes for the same arguments."""
    report = printable(report)
    document = Document()
    document.add_paragraph(report.committee, "Subtitle")
    document.add_paragraph(report.title, "Title")
    for line in report.facts:
        document.add_paragraph(f"{line.label}: {line.text}")
    document.add_paragraph(report.publicity)
    for block in report.blocks:
        if isinstance(block, Heading):
            document.add_heading(f"{block.number} {block.text}".strip(), block.level - 1)
        elif isinstance(block, Paragraph):
            document.add_paragraph(f"{block.number} {block.lead} {plain(block.text)}".strip())
        elif isinstance(block, Bullets):
            for item in block.items:
                document.add_paragraph(plain(item), "List Bullet")
        elif isinstance(block, Table):
            document.add_paragraph(block.caption, "Caption")
            for row in block.rows:
                document.add_paragraph(" | ".join(str(getattr(cell, "mark", cell)) for cell in row))
        elif isinstance(block, FrontSheet):
            for entry in block.entries:
                document.add_paragraph(f"{entry.title}: {entry.rating.mark}")
    for text in words.closing(report, made_on):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return undated(stream.getvalue())


def plain(runs: tuple[Run, ...]) -> str:
    return "".join(run if isinstance(run, str) else run.words for run in runs)
