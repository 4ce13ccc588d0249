"""Headers and footers, where a council's template has none of its own."""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Length

from assessments.exports.report import words
from assessments.exports.report.word import styles
from assessments.exports.report.word.xml import field
from assessments.report import Report


def write_margins(document: Document, report: Report) -> None:
    """On every page the protective marking, and that a draft is one."""
    section = document.sections[0]
    across = Length(section.page_width - section.left_margin - section.right_margin)  # type: ignore[operator]
    if section.footer.is_linked_to_previous:
        footer = first_paragraph(section.footer, styles.FOOTER, (1.0,), across)
        footer.add_run(f"{words.footer(report)}\tPage ")
        field(footer, "PAGE")
        footer.add_run(" of ")
        field(footer, "NUMPAGES")
    if not section.header.is_linked_to_previous:
        add_to_headers(document, report)
        return
    header = first_paragraph(section.header, styles.HEADER, (0.5, 1.0), across)
    header.add_run(report.version if report.is_draft else "", styles.LEAD)
    header.add_run("\t")
    header.add_run(report.marking, styles.LEAD)
    header.add_run(f"\t{report.identity.council}")


def add_to_headers(document: Document, report: Report) -> None:
    """Below what a council's template says in each of its own; what it says already stays as
    it is."""
    section = document.sections[0]
    headers = [section.header]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
    for header in headers:
        said = {paragraph.text.strip() for paragraph in header.paragraphs}
        for line in (report.version if report.is_draft else "", report.marking):
            if line and line not in said:
                header.add_paragraph(style=styles.HEADER).add_run(line, styles.LEAD)


def first_paragraph(margin: Any, style: str, stops: tuple[float, ...], across: Length) -> Any:
    margin.is_linked_to_previous = False
    paragraph = margin.paragraphs[0]
    paragraph.style = style
    for stop in stops:
        where = WD_TAB_ALIGNMENT.RIGHT if stop == 1.0 else WD_TAB_ALIGNMENT.CENTER
        paragraph.paragraph_format.tab_stops.add_tab_stop(Length(int(across * stop)), where)
    return paragraph
