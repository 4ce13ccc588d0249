"""Text in a paragraph: runs, links, markings and ratings."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from assessments.exports.colours import COLOURS
from assessments.exports.report.word.styles import HYPERLINK, LEAD, RESTRICTED, WITHHELD
from assessments.exports.report.word.xml import element
from assessments.report import Cell, Link, Paragraph, Rated, Run


def add_number(paragraph: WordParagraph, number: str) -> None:
    if number:
        paragraph.add_run(f"{number}\t")


def add_marking(paragraph: WordParagraph, marking: str) -> None:
    if marking:
        paragraph.add_run(marking, RESTRICTED)
        paragraph.add_run(" ")


def add_text(paragraph: WordParagraph, block: Paragraph) -> None:
    add_number(paragraph, block.number)
    add_marking(paragraph, block.marking)
    if block.lead:
        paragraph.add_run(block.lead, LEAD)
        paragraph.add_run(" ")
    add_runs(paragraph, block.text, WITHHELD if block.withheld else None)


def add_runs(paragraph: WordParagraph, runs: tuple[Run, ...], style: str | None = None) -> None:
    for run in runs:
        if isinstance(run, Link):
            add_link(paragraph, run)
        else:
            paragraph.add_run(run, style)


def add_link(paragraph: WordParagraph, link: Link) -> None:
    key = paragraph.part.relate_to(link.address, RT.HYPERLINK, is_external=True)
    hyperlink: Any = element("w:hyperlink", history=1)
    hyperlink.set(qn("r:id"), key)
    run = paragraph.add_run(link.words, HYPERLINK)
    hyperlink.append(run._r)
    paragraph._p.append(hyperlink)


def add_cell(paragraph: WordParagraph, cell: Cell) -> None:
    if isinstance(cell, Rated):
        add_rating(paragraph, cell)
    else:
        paragraph.add_run(cell)


def add_rating(paragraph: WordParagraph, rated: Rated) -> None:
    """Its word and shape on its colour; bare where nothing is rated."""
    run = paragraph.add_run(rated.mark)
    if rated.colour in COLOURS:
        background, letters = COLOURS[rated.colour]
        run.font.bold = True
        run.font.color.rgb = RGBColor.from_string(letters)
        properties: Any = run._r.get_or_add_rPr()
        properties.append(element("w:shd", val="clear", color="auto", fill=background))
