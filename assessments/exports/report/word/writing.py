"""The blocks of a report, one after the other, into a Word document."""

import datetime
import io
from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.image.image import Image
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from assessments.exports.logo import Logo
from assessments.exports.report import words
from assessments.exports.report.word import styles
from assessments.exports.report.word.margins import write_margins
from assessments.exports.report.word.tables import add_facts, add_table
from assessments.exports.report.word.text import add_marking, add_number, add_rating, add_runs
from assessments.exports.report.word.text import add_text as add_paragraph_text
from assessments.exports.report.word.xml import set_columns
from assessments.report import (
    Block,
    Bullets,
    Entry,
    FrontSheet,
    Heading,
    Paragraph,
    Report,
    Table,
)

LOGO_WIDTH, LOGO_HEIGHT = Mm(80), Mm(20)
# What a later section takes over from the one before it, or must not begin anew.
OF_THE_FIRST_SECTION = ("w:headerReference", "w:footerReference", "w:titlePg", "w:pgNumType")


class Writer:
    def __init__(self, document: Document, report: Report, made_on: datetime.date) -> None:
        self.document = document
        self.report = report
        self.made_on = made_on

    def write(self) -> None:
        write_margins(self.document, self.report)
        self.head()
        for block in self.report.blocks:
            self.block(block)
        for line in words.closing(self.report, self.made_on):
            add_runs(self.add(styles.CLOSING), line)

    def head(self) -> None:
        report = self.report
        if report.identity.logo:
            self.logo(report.identity.logo)
        if standing := words.standing(report):
            self.add(styles.NOTICE, standing)
        self.add(styles.COMMITTEE, report.committee)
        self.add(styles.TITLE, report.title)
        if report.facts:
            add_facts(self.document, report.facts)
        self.add(styles.PUBLICITY, report.publicity)

    def logo(self, logo: Logo) -> None:
        image = Image.from_blob(logo.data)
        scale = min(LOGO_WIDTH / image.px_width, LOGO_HEIGHT / image.px_height)
        width, height = (int(scale * side) for side in (image.px_width, image.px_height))
        picture = self.add(styles.TEXT).add_run().add_picture(io.BytesIO(logo.data), width, height)
        for side in ("distT", "distB", "distL", "distR"):
            picture._inline.set(side, "0")
        properties: Any = picture._inline.docPr
        properties.set("name", "Logo")
        properties.set("descr", f"Logo of {self.report.identity.council}")

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Paragraph():
                style = styles.NUMBERED if block.number else styles.TEXT
                add_paragraph_text(self.add(style), block)
            case Bullets():
                self.bullets(block)
            case Table():
                self.table(block)
            case FrontSheet():
                self.front_sheet(block)

    def heading(self, heading: Heading) -> None:
        style = styles.HEADING_1 if heading.level == 2 else styles.HEADING_2
        paragraph = self.add(style)
        add_number(paragraph, heading.number)
        add_marking(paragraph, heading.marking)
        paragraph.add_run(heading.text)
        if not heading.number:
            paragraph.paragraph_format.left_indent = Mm(0)
            paragraph.paragraph_format.first_line_indent = Mm(0)

    def bullets(self, bullets: Bullets) -> None:
        if bullets.marking:
            add_marking(self.add(styles.TEXT), bullets.marking)
        for item in bullets.items:
            add_runs(self.add(styles.BULLET), item)

    def table(self, table: Table) -> None:
        self.add(styles.CAPTION, table.caption)
        add_table(self.document, table)
        self.source(table.source)

    def front_sheet(self, sheet: FrontSheet) -> None:
        last = self.add(styles.CAPTION, sheet.caption)
        if sheet.entries:
            self.end_section(last, 1)
            for entry in sheet.entries:
                last = self.entry(entry)
            self.end_section(last, 2)
        self.source(sheet.source)

    def entry(self, entry: Entry) -> WordParagraph:
        """Kept in one column, as far as it fits."""
        paragraphs = [self.add(styles.ENTRY, entry.title), self.add(styles.ENTRY_TEXT)]
        add_rating(paragraphs[-1], entry.rating)
        for line in entry.lines:
            paragraphs.append(self.add(styles.ENTRY_TEXT))
            paragraphs[-1].add_run(f"{line.label}:", styles.LEAD)
            paragraphs[-1].add_run(f" {line.text}")
        for paragraph in paragraphs[:-1]:
            paragraph.paragraph_format.keep_with_next = True
        for paragraph in paragraphs:
            paragraph.paragraph_format.keep_together = True
        return paragraphs[-1]

    def source(self, source: str) -> None:
        if source:
            self.add(styles.SOURCE, source)

    def end_section(self, last: WordParagraph, columns: int) -> None:
        """A new section on the same page, so that columns are columns and no table."""
        body: Any = self.document.element.body
        ended = deepcopy(body.sectPr)
        set_columns(ended, columns)
        last._p.get_or_add_pPr().append(ended)
        for tag in OF_THE_FIRST_SECTION:
            for each in body.sectPr.findall(qn(tag)):
                body.sectPr.remove(each)
        body.sectPr.start_type = WD_SECTION.CONTINUOUS

    def add(self, style: str, text: str = "") -> WordParagraph:
        return self.document.add_paragraph(text, style)
