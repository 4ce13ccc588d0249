"""The report as PDF: tagged as PDF/UA-1 asks, and what its pages say in the margins."""

import dataclasses
import io
from functools import lru_cache
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings

from assessments.exports.report.pdf import render_report_pdf
from assessments.report import Column, Report, Table
from tests.exports.documents import pdf_findings, tables_in_structure
from tests.exports.pdf_reading import all_text, squeezed, structure
from tests.exports.report.sample import MADE_ON, RED, SAMPLE
from tests.exports.report.strategies import any_texts, reports

DRAFT = dataclasses.replace(SAMPLE, version="Draft 3", is_draft=True)
ROWS = tuple((f"Action {number}", RED, "Text " * 40) for number in range(120))
LONG = Table("Over many pages", (Column("A", 30), Column("B", 20), Column("C", 50)), ROWS)


@lru_cache(maxsize=8)
def made(report: Report = SAMPLE) -> bytes:
    """Once for all that is looked for in it."""
    return render_report_pdf(report, made_on=MADE_ON)


@pytest.fixture(scope="module")
def long() -> bytes:
    return made(dataclasses.replace(DRAFT, blocks=(*SAMPLE.blocks, LONG)))


def test_the_checkers_find_nothing(long: bytes, tmp_path: Path) -> None:
    assert pdf_findings(made(), tmp_path) == []
    assert pdf_findings(long, tmp_path) == []


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(report=reports(any_texts))
def test_any_report_makes_a_sound_pdf(
    report: Report, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = pdf_findings(made(report), tmp_path_factory.mktemp("pdf"))
    assert [each for each in found if not passed_over(each)] == []


# Rules on what is painted. A reader follows the tags, and test_formats.py holds those to every word
# of the report in its order. WeasyPrint paints a list's markers out of turn, which outweighs the
# rest on a page of little else; and what each page repeats (a table's headings, the footer) looks
# like prose kept from readers where it is long.
OF_PAINTING = ("ORD-001", "TAG-002")
ABOUT_WORDS = (
    "TXT-", "HDG-01", "FIG-01", "TBL-01", "TAG-020", "TAG-003", "DOC-040", "LNK-010",
)  # fmt: skip


def passed_over(finding: str) -> bool:
    """What a person wrote may be no sentence, or of letters that no font here has."""
    return finding.startswith((*ABOUT_WORDS, *OF_PAINTING))


def test_one_table_in_the_structure_for_each_table(long: bytes, tmp_path: Path) -> None:
    tables = list(structure(long).all("Table"))
    assert len(tables) == 1 + len(list(SAMPLE.tables)) + 1 == tables_in_structure(long, tmp_path)
    last = tables[-1]
    assert [part.kind for part in last.children] == ["Caption", "THead", "TBody"]
    assert len(list(last.all("TR"))) == 121


def test_every_heading_cell_says_what_it_heads(long: bytes) -> None:
    facts, *others = structure(long).all("Table")
    assert {cell.attributes["Scope"] for cell in facts.all("TH")} == {"/Row"}
    assert len(list(facts.all("TH"))) == len(SAMPLE.facts)
    for table in others:
        head, *rows = table.all("TR")
        assert {cell.attributes["Scope"] for cell in head.children} == {"/Column"}
        for row in rows:
            assert [cell.kind for cell in row.children] == ["TH", *["TD"] * (len(row.children) - 1)]
            assert row.children[0].attributes["Scope"] == "/Row"


def test_headings_of_a_long_table_stand_on_each_of_its_pages(long: bytes) -> None:
    with pikepdf.open(io.BytesIO(long)) as pdf:
        pages = len(pdf.pages)
    drawn = all_text(long)
    assert drawn.count("ABC") >= pages - 6
    assert pages > 10


def test_every_page_says_what_it_is_of(long: bytes) -> None:
    with pikepdf.open(io.BytesIO(long)) as pdf:
        pages = len(pdf.pages)
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(
            [595, 842], abs=1
        )
    drawn, read = all_text(long), structure(long).text
    for number in range(1, pages + 1):
        assert f"Page {number} of {pages}" in drawn
    assert drawn.count(SAMPLE.footer) == pages
    assert SAMPLE.footer not in read
    assert (drawn.count("OFFICIAL"), read.count("OFFICIAL")) == (pages, 1)
    for page in pages_of(long):  # at the head of each
        assert page.index("OFFICIAL") < 100
    assert drawn.count("Draft 3") == pages + 2  # in the text over its head and at its end
    assert "Draft" not in all_text(made())


def pages_of(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def test_title_author_language_and_bookmarks() -> None:
    with pikepdf.open(io.BytesIO(made(DRAFT))) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        title = "Northmere Borough Council: The council’s response to the Prevent duty (Draft 3)"
        assert str(pdf.docinfo.Title) == title
        assert str(pdf.docinfo.Author) == "Northmere Borough Council"
        assert str(pdf.docinfo.CreationDate) == "D:20260212"
        with pdf.open_outline() as outline:
            titles = [squeezed(each.title) for each in outline.root]
            parts = [squeezed(part.title) for each in outline.root for part in each.children]
    sections = [each for each in SAMPLE.headings if each.level == 2]
    assert titles == [squeezed(each.number + each.text) for each in sections]
    assert "7.2Legal" in parts


def test_links_and_the_logo_say_what_they_are() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        links = [each for page in pdf.pages for each in page.get("/Annots", [])]
        assert {str(each.Contents) for each in links} == {str(each.A.URI) for each in links}
        assert {int(each.F) for each in links} == {4}
        figures = [
            str(each.Alt)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert figures == ["Logo of Northmere Borough Council"]
