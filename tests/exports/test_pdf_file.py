"""The printed toolkit as a file: sound, tagged, the same each time, and only from the record."""

import datetime
import io
import socket
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from assessments.exports.logo import Logo
from assessments.exports.pdf import render_html, render_pdf
from assessments.exports.pdf_sources import STYLE_SHEET, OwnFilesOnly
from assessments.record import CycleRecord, Statement, Text
from tests.exports.documents import pdf_findings
from tests.exports.pdf_reading import all_text, structure
from tests.exports.small_records import MADE_ON, made, named, with_question

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c63"
    "fcffff3f0300 0605 02fe a735 81 84 0000000049454e44ae426082".replace(" ", "")
)


@pytest.fixture
def torture(edition: CycleRecord) -> CycleRecord:
    """Tables over several pages, links, a row that breaks."""
    long = "A sentence that is repeated. " * 150
    statements = tuple(Statement(Text(f"{n} {long}"), (n,)) for n in (1, 2, 3))
    return with_question(edition, "1.1", statements=statements)


def test_the_checkers_find_nothing(torture: CycleRecord, tmp_path: Path) -> None:
    assert pdf_findings(render_pdf(torture, made_on=MADE_ON, logo=Logo(PIXEL)), tmp_path) == []


def test_one_table_in_the_structure_for_each_table(torture: CycleRecord) -> None:
    document = structure(made(torture))
    tables = list(document.all("Table"))
    assert len(tables) == len(torture.questions)
    for table in tables:
        assert [part.kind for part in table.children] == ["THead", "TBody"]
        heads = list(table.all("TH"))
        assert [head.text for head in heads] == ["Expectation", "Evidence", "Action", "Rating"]
        assert {head.attributes["Scope"] for head in heads} == {"/Column"}
        assert {len(row.children) for row in table.all("TR")} == {4}
    assert [len(list(table.all("TR"))) for table in tables] == [4, 2, 2, 3]


def test_what_repeats_on_each_page_is_not_read_out(torture: CycleRecord) -> None:
    data = made(torture)
    drawn, read = all_text(data), structure(data).text
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = len(pdf.pages)
        assert count_of_marks(pdf) == count_of_kept_marks(pdf)
    assert drawn.count("Expectation") > read.count("Expectation")
    assert drawn.count(" of ") >= pages - 1
    assert "Page 2" not in read


def count_of_marks(pdf: Any) -> int:
    return sum(
        1
        for page in pdf.pages
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and "/MCID" in operands[1]
    )


def count_of_kept_marks(pdf: Any) -> int:
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    elements = list(nums)[1::2][: len(pdf.pages)]
    return sum(1 for page in elements for element in page if element is not None)


def test_title_language_bookmarks_and_dates(edition: CycleRecord) -> None:
    data = made(edition)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked
        title = "Northmere Borough Council: Small toolkit, 2025/26 (board version)"
        assert str(pdf.docinfo.Title) == title
        assert title.encode() in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo.CreationDate) == "D:20260103"
        with pdf.open_outline() as outline:
            assert [each.title for each in outline.root] == [
                "Front sheet",
                "Benchmark 1: Local risk",
                "Benchmark 2: Training",
                "About this document",
            ]
            assert [each.title for each in outline.root[1].children] == [
                "1.1 Question 1.1?",
                "1.2 Question 1.2?",
            ]


def test_the_same_record_is_the_same_file(edition: CycleRecord) -> None:
    logo = Logo(PIXEL)
    first = render_pdf(edition, made_on=MADE_ON, logo=logo)
    assert render_pdf(edition, made_on=MADE_ON, logo=logo) == first
    assert render_pdf(edition, made_on=datetime.date(2026, 1, 4), logo=logo) != first


def test_the_logo_has_its_text_alternative(edition: CycleRecord) -> None:
    data = render_pdf(edition, made_on=MADE_ON, logo=Logo(PIXEL))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        alternatives = [
            str(each.Alt)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert alternatives == ["Logo of Northmere Borough Council"]


# Nothing but its own files ---------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.org/x.png",
        "ftp://example.org/x",
        "own:../../manage.py",
        "own:other.css",
        "toolkit.css",
    ],
)
def test_no_other_address_is_fetched(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(ValueError, match="URI"):
        OwnFilesOnly()(address)


def test_the_style_sheet_asks_for_no_other_file() -> None:
    css = OwnFilesOnly()(STYLE_SHEET).read().decode()
    assert "url(" not in css
    assert "@import" not in css


def test_user_text_makes_no_markup(edition: CycleRecord) -> None:
    nasty = '<img src="file:///etc/passwd"><style>@import "http://example.org"</style>'
    statement = Statement(Text(nasty), (1,))
    html = render_html(
        named(with_question(edition, "1.2", statements=(statement,)), council_name=nasty),
        made_on=MADE_ON,
    )
    assert "<img" not in html
    assert "<style" not in html
