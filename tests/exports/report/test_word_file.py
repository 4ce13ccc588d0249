"""The report as a Word file: what Word and LibreOffice need to know of it."""

import dataclasses
import datetime
import io
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from assessments.exports.report.word import render_report_docx
from assessments.report import Report
from tests.exports.documents import docx_findings, in_libreoffice
from tests.exports.pdf_reading import all_text
from tests.exports.report.reading import expected
from tests.exports.report.sample import MADE_ON, SAMPLE
from tests.exports.report.strategies import any_texts, reports

DRAFT = dataclasses.replace(SAMPLE, version="Draft 3", is_draft=True)


def made(report: Report = SAMPLE, **how: Any) -> bytes:
    return render_report_docx(report, made_on=MADE_ON, **how)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def document() -> Document:
    return opened(made())


def test_the_checker_finds_nothing(tmp_path: Path) -> None:
    assert docx_findings(made(), tmp_path) == []
    assert docx_findings(made(DRAFT), tmp_path) == []


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(report=reports(any_texts))
def test_any_report_makes_a_sound_document(
    report: Report, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert docx_findings(made(report), tmp_path_factory.mktemp("docx")) == []


def test_libreoffice_shows_every_word_of_it(tmp_path: Path) -> None:
    """The shapes of ratings are in a font that pdfplumber can't read back."""
    drawn = letters(all_text(in_libreoffice(made(DRAFT), tmp_path).read_bytes()))
    for line in map(letters, expected(DRAFT).lines):
        if len(line) < 40:  # a longer one may have the margins of a page within it
            assert line in drawn
    assert "Page1of" in drawn
    assert "OFFICIAL" in drawn


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def test_headings_numbers_and_bullets_have_styles_of_their_own(document: Document) -> None:
    styles = {p.text: p.style.name for p in document.paragraphs if p.style}
    assert styles[SAMPLE.title] == "Title"
    assert styles["2.\tIntroduction and background"] == "Heading 1"
    assert styles["2.3\tCurrent assessment"] == "Heading 2"
    assert styles["1.1\tnote the ratings and the actions in section 2;"] == "Numbered Paragraph"
    assert styles["Partnership: realistic dates for actions"] == "List Bullet"
    assert styles["Actions that are overdue"] == "Caption"
    bullet: Any = document.styles["List Bullet"].element
    assert bullet.pPr.numPr.numId.val == 1
    levels = [document.styles[name].element.pPr for name in ("Heading 1", "Heading 2")]
    assert [level.find(qn("w:outlineLvl")).get(qn("w:val")) for level in levels] == ["0", "1"]


def test_tables_mark_their_headings_and_have_no_merged_cells(document: Document) -> None:
    facts, *tables = document.tables
    assert flags(facts) == ("0", "1")
    assert len(tables) == len(list(SAMPLE.tables))
    for table in tables:
        assert flags(table) == ("1", "1")
        heads = [
            row for row in table._tbl.tr_lst if row.find(f".//{qn('w:tblHeader')}") is not None
        ]
        assert heads == [table._tbl.tr_lst[0]]
    xml = document.element.xml
    assert "w:gridSpan" not in xml
    assert "w:vMerge" not in xml
    assert xml.count("w:cantSplit") == sum(1 + len(table.rows) for table in SAMPLE.tables)


def flags(table: Any) -> tuple[str, str]:
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    return look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))


def test_the_front_sheet_is_in_columns_and_not_in_a_table(document: Document) -> None:
    sections = document.sections
    columns = [section._sectPr.find(qn("w:cols")).get(qn("w:num")) for section in sections]
    assert columns == ["1", "2", None]
    assert [str(section.start_type) for section in sections[1:]] == ["CONTINUOUS (0)"] * 2
    assert {section.page_width for section in sections} == {sections[0].page_width}
    assert all(section.header.is_linked_to_previous for section in sections[1:])


def test_its_properties(document: Document) -> None:
    about = opened(made(DRAFT)).core_properties
    assert (
        about.title
        == "Northmere Borough Council: The council’s response to the Prevent duty (Draft 3)"
    )
    assert about.author == about.last_modified_by == "Northmere Borough Council"
    assert (about.subject, about.language) == ("This report is public", "en-GB")
    midnight = datetime.datetime(2026, 2, 12, tzinfo=datetime.UTC)
    assert (about.created, about.modified, about.revision) == (midnight, midnight, 1)
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {
        "en-GB"
    }


def test_header_and_footer_tell_whose_it_is_and_which_page(document: Document) -> None:
    section = opened(made(DRAFT)).sections[0]
    assert section.header.paragraphs[0].text == "Draft 3\tOFFICIAL\tNorthmere Borough Council"
    footer = section.footer.paragraphs[0]
    assert footer.text == f"{SAMPLE.footer}\tPage 1 of 1"
    assert re.findall(r"<w:instrText[^>]*> (\w+) <", footer._p.xml) == ["PAGE", "NUMPAGES"]
    assert document.sections[0].header.paragraphs[0].text.startswith("\tOFFICIAL")


def test_the_logo_has_its_text_alternative(document: Document) -> None:
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr") == "Logo of Northmere Borough Council"


def test_there_is_nothing_in_the_file_but_the_report() -> None:
    data = made()
    with ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(package.read(name) for name in names)
    assert sorted(name for name in names if not name.startswith("word/")) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml",
    ]  # fmt: skip
    assert b"python-docx" not in everything
    assert b"w:rsid" not in everything
    assert len(data) < 40_000
