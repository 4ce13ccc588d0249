"""The printed toolkit: complete, tagged, the same each time, and only from the record."""

import dataclasses
import datetime
import io
import re
import socket
import subprocess
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from assessments.exports.characters import printable_text
from assessments.exports.detail import detail_rows
from assessments.exports.logo import Logo
from assessments.exports.pdf import render_html, render_pdf
from assessments.exports.pdf_sources import STYLE_SHEET, OwnFilesOnly
from assessments.models import Audience
from assessments.record import (
    Action,
    Answer,
    BenchmarkDecision,
    CycleRecord,
    Decision,
    Document,
    Link,
    Owner,
    Statement,
    Text,
)
from assessments.record_builder import blank_record
from benchmarks.models import Toolkit
from tests.exports.documents import pdf_findings
from tests.exports.pdf_reading import all_text, squeezed, structure
from tests.exports.strategies import NASTY, records
from tests.exports.test_interchange import with_fixtures

EMOJI = re.compile("[\U0001f000-\U0001ffff]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u07ff\u202e]")
MADE_ON = datetime.date(2026, 1, 3)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c63"
    "fcffff3f0300 0605 02fe a735 81 84 0000000049454e44ae426082".replace(" ", "")
)


@pytest.fixture
def edition(toolkit: Toolkit) -> CycleRecord:
    return named(blank_record("small", "rag"))


def named(record: CycleRecord, **changes: Any) -> CycleRecord:
    facts = {
        "council_name": "Northmere Borough Council",
        "accent_colour": "#7a1f5c",
        "period": "2025/26",
        "as_at": datetime.date(2025, 12, 1),
    }
    return dataclasses.replace(record, **{**facts, **changes})


def with_question(record: CycleRecord, ref: str, **changes: Any) -> CycleRecord:
    benchmarks = tuple(
        dataclasses.replace(
            benchmark,
            questions=tuple(
                dataclasses.replace(question, **changes) if question.ref == ref else question
                for question in benchmark.questions
            ),
        )
        for benchmark in record.benchmarks
    )
    return dataclasses.replace(record, benchmarks=benchmarks)


def made(record: CycleRecord) -> bytes:
    return render_pdf(record, made_on=MADE_ON)


def rows_of(data: bytes, table: int) -> list[list[str]]:
    tables = list(structure(data).all("Table"))
    return [[squeezed(cell.text) for cell in row.children] for row in tables[table].all("TR")]


# What stands where ---------------------------------------------------------------------------
def test_evidence_that_covers_several_prompts_stands_once_beside_their_ratings(
    edition: CycleRecord,
) -> None:
    red, amber, green = (Decision(level) for level in edition.levels)
    first, second, third = edition.questions["1.1"].answers
    record = with_question(
        edition,
        "1.1",
        answers=(
            dataclasses.replace(first, decision=green),
            dataclasses.replace(second, decision=red),
            dataclasses.replace(third, decision=amber),
        ),
        statements=(
            Statement(Text("Shared by two"), (1, 3)),
            Statement(Text("Only the first"), (1,)),
            Statement(Text("In general")),
        ),
        documents=(Document(Text("Risk profile"), Text("https://example.org/r"), Text("CS/1")),),
    )
    action = Action(
        1, Text("Do it"), "in-progress", (Owner(Text("The lead")), Owner(Text("All"))),
        None, Text("Q4 21/22"), None, (Link("1.1", 3),),
    )  # fmt: skip
    data = made(dataclasses.replace(record, actions=(action,)))
    assert rows_of(data, 0) == [
        ["Expectation", "Evidence", "Action", "Rating"],
        [
            "1.Howarerisksfound?3.Whatchanged?",
            "SharedbytwoPrompt1:Onlythefirst",
            "Prompt3:DoitWho:Thelead,All.Due:Q421/22.Status:Inprogress",
            "1.●Green3.▲Amber",
        ],
        ["2.Whoownsthem?", "", "", "■Red"],
        [
            "Thequestionasawhole",
            "IngeneralDocument:Riskprofile,CS/1,https://example.org/r",
            "",
            "",
        ],
    ]


def test_prompts_stand_together_only_where_evidence_joins_them(edition: CycleRecord) -> None:
    answers = tuple(Answer(n, f"Prompt {n}", Decision()) for n in range(1, 7))
    covers = [(1, 2), (2, 4), (5,), ()]
    statements = tuple(Statement(Text(f"{each}"), each) for each in covers)
    question = dataclasses.replace(edition.questions["1.1"], answers=answers, statements=statements)
    rows = detail_rows(edition, question)
    assert [tuple(a.position for a in row.answers) for row in rows] == [
        (1, 2, 4), (3,), (5,), (6,), (),
    ]  # fmt: skip
    placed = [placed.statement for row in rows for placed in row.statements]
    assert sorted(map(str, placed)) == sorted(map(str, statements))


def test_a_question_without_prompts_is_rated_itself(edition: CycleRecord) -> None:
    answer = Answer(0, "", Decision(edition.levels[2]))
    data = made(with_question(edition, "2.1", answers=(answer,)))
    assert rows_of(data, 2)[1:] == [["Thequestionasawhole", "", "", "●Green"]]


def test_why_a_prompt_is_not_applicable(edition: CycleRecord) -> None:
    decision = Decision(not_applicable=True, reason=Text("No venues of our own"))
    answers = edition.questions["2.2"].answers
    answers = (dataclasses.replace(answers[0], decision=decision), answers[1])
    statement = Statement(Text("Both"), (1, 2))
    data = made(with_question(edition, "2.2", answers=answers, statements=(statement,)))
    (row,) = rows_of(data, 3)[1:]
    assert row[1] == "BothPrompt1:Notapplicablebecause:Novenuesofourown"
    assert row[3] == "1.Notapplicable2.Notrated"


def test_front_sheet_and_cover(edition: CycleRecord) -> None:
    first = dataclasses.replace(
        edition.benchmarks[0],
        decision=BenchmarkDecision(edition.levels[1], reason=Text("Two are behind")),
        actions=Text("Refresh the profile"),
        comments=Text("On course"),
    )
    record = dataclasses.replace(edition, benchmarks=(first, *edition.benchmarks[1:]))
    data = made(record)
    text = squeezed(structure(data).text + all_text(data))
    for expected in (
        "Northmere Borough Council",
        "Small toolkit",
        "Self-assessment 2025/26",
        "Position as at 1 December 2025",
        "Not a signed copy",
        "Document made on 3 January 2026",
        "1. Local risk ▲ Amber",
        "Actions: Refresh the profile",
        "Comments: On course",
        "2. Training Not decided",
        "Reason for the rating: Two are behind",
        "▲ Amber 1 benchmark Not decided 1 benchmark",
        "Page 2 of ",
        "Invented for tests.",
    ):
        assert squeezed(expected) in text, expected


@pytest.mark.parametrize(
    ("sensitivity", "audience", "says"),
    [
        ("public", Audience.PUBLIC, "Public version"),
        ("exempt-3", Audience.PUBLIC, "Public version"),
        ("public", Audience.BOARD, "Board version"),
        ("exempt-3", Audience.BOARD, "Board version: contains restricted text"),
    ],
)
def test_every_page_says_for_whom_it_is(
    sensitivity: str, audience: Audience, says: str, edition: CycleRecord
) -> None:
    statement = Statement(Text("Operation Nightjar", sensitivity), (1,))
    record = with_question(edition, "1.2", statements=(statement,)).for_audience(audience)
    data = made(record)
    text = all_text(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert text.count(says) == len(pdf.pages)
    withheld = sensitivity != "public" and audience == Audience.PUBLIC
    assert ("Operation Nightjar" in text) != withheld
    assert ("Not for publication: paragraph 3" in text) == withheld
    marked = "Exempt, paragraph 3: financial or business affairs Operation Nightjar"
    assert (squeezed(marked) in squeezed(text)) == (says.endswith("restricted text"))


# Whatever is written -------------------------------------------------------------------------
def test_nasty_text_is_text(edition: CycleRecord) -> None:
    nasty = [each for each in NASTY if not EMOJI.search(each)]
    statements = tuple(Statement(Text(each), (1,)) for each in nasty)
    record = with_question(edition, "1.2", statements=statements)
    cell = rows_of(made(named(record, council_name="<b>&amp; Co</b>")), 1)[1][1]
    for each in nasty:
        if not RIGHT_TO_LEFT.search(each):  # is drawn from its end, so is met from its end
            assert squeezed(printable_text(each)) in cell, each


def test_characters_of_no_font_are_still_in_the_text(edition: CycleRecord, tmp_path: Path) -> None:
    """Drawn as boxes where no font has them. pdfplumber can't read the map of such a font."""
    statement = Statement(Text("before 👩 🦄 مرحبا after"), (1,))
    file = tmp_path / "toolkit.pdf"
    file.write_bytes(made(with_question(edition, "1.2", statements=(statement,))))
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert "before 👩 🦄" in text
    assert {"م", "ر", "ح", "ب", "ا"} <= set(text)


def test_control_characters_are_shown_as_such() -> None:
    assert printable_text("a\x00b\x1bc\r\nd\x85\ufffe\U0001ffff\tz") == "a□b□c\nd□□□\tz"
    assert printable_text("one\u2028two\rthree") == "one\ntwo\nthree"
    assert printable_text("\uf0b7 from Word") == "• from Word"


def test_a_text_of_many_pages_is_all_there_and_one_cell(edition: CycleRecord) -> None:
    words = " ".join(f"word{number}" for number in range(2_300))
    assert 19_000 < len(words) < 20_000
    benchmark = dataclasses.replace(edition.benchmarks[0], comments=Text(words))
    record = dataclasses.replace(edition, benchmarks=(benchmark, *edition.benchmarks[1:]))
    record = with_question(
        record, "1.1", statements=(Statement(Text(words), (1,)), Statement(Text("After"), (2,)))
    )
    data = made(record)
    document = structure(data)
    tables = list(document.all("Table"))
    assert len(tables) == len(record.questions)
    rows = rows_of(data, 0)
    assert [row[0] for row in rows] == [
        "Expectation", "1.Howarerisksfound?", "2.Whoownsthem?", "3.Whatchanged?",
    ]  # fmt: skip
    assert squeezed(rows[1][1]) == squeezed(words)
    assert squeezed(words) in squeezed("".join(p.text for p in document.all("P")))


def test_a_word_longer_than_its_column_breaks(edition: CycleRecord) -> None:
    statement = Statement(Text("x" * 400), (1,))
    data = made(with_question(edition, "1.2", statements=(statement,)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        width = float(pdf.pages[0].mediabox[2])
    with pdfplumber.open(io.BytesIO(data)) as readable:
        rights = [char["x1"] for page in readable.pages for char in page.chars]
    assert max(rights) < width - 40


@settings(with_fixtures, max_examples=4)
@given(data=st.data())
def test_any_record_makes_a_sound_pdf(
    edition: CycleRecord, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    record = data.draw(records(edition, []))
    file = tmp_path_factory.mktemp("pdf") / "toolkit.pdf"
    file.write_bytes(made(record))
    errors = [each for each in validate(file).findings if each.severity.name == "ERROR"]
    assert errors == []


# The file --------------------------------------------------------------------------------------
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
