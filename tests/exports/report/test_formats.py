"""The report is one: every format says the same, in the same order, and whatever it holds."""

import dataclasses
import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assessments.exports.characters import printable_text
from assessments.exports.report.pdf import render_report_pdf
from assessments.exports.report.web import render_report_html
from assessments.exports.report.word import render_report_docx
from assessments.report import Bullets, Column, Entry, FrontSheet, Paragraph, Report, Table
from tests.exports.pdf_reading import squeezed
from tests.exports.report.reading import (
    Found,
    expected,
    found_in_docx,
    found_in_html,
    found_in_pdf,
)
from tests.exports.report.sample import BENCHMARKS, MADE_ON, RED, SAMPLE
from tests.exports.report.strategies import any_texts, plain_texts, reports
from tests.exports.strategies import NASTY

Read = Callable[[Report], Found]


def read_pdf(report: Report) -> Found:
    """The marking stands first, where Word and the web have it in their header."""
    found = found_in_pdf(pdf_of(report))
    if marking := squeezed(printable_text(report.marking)):
        assert found.lines.pop(0) == marking
    return found


@lru_cache(maxsize=8)
def pdf_of(report: Report) -> bytes:
    """Made once for all that is looked for in it."""
    return render_report_pdf(report, made_on=MADE_ON)


def read_docx(report: Report) -> Found:
    return found_in_docx(render_report_docx(report, made_on=MADE_ON))


def read_html(report: Report) -> Found:
    return found_in_html(render_report_html(report, made_on=MADE_ON))


RENDERERS = [render_report_pdf, render_report_docx, render_report_html]
READERS = [read_pdf, read_docx, read_html]
DRAFT = dataclasses.replace(SAMPLE, version="Draft 3", is_draft=True)
in_each_format = pytest.mark.parametrize("read", READERS)


@in_each_format
@pytest.mark.parametrize("report", [SAMPLE, DRAFT], ids=["released", "draft"])
def test_every_word_stands_in_every_format_in_order(read: Read, report: Report) -> None:
    found, wanted = read(report), expected(report)
    assert found.text == wanted.text
    assert found.headings == wanted.headings
    assert found.tables == wanted.tables
    assert found.addresses == wanted.addresses
    assert len(wanted.lines) > 100


@pytest.mark.parametrize("read", [read_docx, read_html])
def test_every_block_is_a_block_of_its_own(read: Read) -> None:
    assert read(SAMPLE).lines == expected(SAMPLE).lines


@in_each_format
def test_every_rating_is_there_in_word_and_shape(read: Read) -> None:
    text = read(SAMPLE).text
    for number, (title, rating, *_) in enumerate(BENCHMARKS, start=1):
        assert f"{number}.{title}{rating.mark}".replace(" ", "") in text


@in_each_format
def test_a_draft_says_so_and_a_released_report_does_not(read: Read) -> None:
    says = "Draft3:notreleasedforpublication"
    assert read(DRAFT).text.startswith(says)
    assert says not in read(SAMPLE).text


@in_each_format
def test_a_restricted_text_follows_its_marking_and_a_withheld_one_is_its_line(read: Read) -> None:
    blocks = (
        SAMPLE.blocks[0],
        Paragraph(("Operation Nightjar",), "2.1", marking="Exempt, paragraph 7"),
        Bullets((("One",), ("Two",)), marking="Exempt, paragraph 3"),
        Paragraph(("Not for publication: paragraph 7",), "2.2", withheld=True),
    )
    text = read(dataclasses.replace(SAMPLE, blocks=blocks)).text
    assert (
        "2.1Exempt,paragraph7OperationNightjar"
        "Exempt,paragraph3OneTwo"
        "2.2Notforpublication:paragraph7"
    ) in text


# Whatever is written ---------------------------------------------------------------------------
patient = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@patient
@given(report=reports(any_texts))
@pytest.mark.parametrize("read", [read_docx, read_html])
def test_word_and_web_agree_on_any_report(read: Read, report: Report) -> None:
    found, wanted = read(report), expected(report)
    assert (found.lines, found.tables) == (wanted.lines, wanted.tables)
    assert (found.headings, found.addresses) == (wanted.headings, wanted.addresses)


@settings(patient, max_examples=6)
@given(report=reports(plain_texts))
def test_the_pdf_agrees_on_any_report_in_latin_letters(report: Report) -> None:
    found, wanted = read_pdf(report), expected(report)
    assert (found.text, found.tables) == (wanted.text, wanted.tables)
    assert found.addresses == wanted.addresses


LONG = " ".join(f"word{number}" for number in range(2_300))[:20_000]
ROWS = tuple((f"Action {number}", RED, "Two lines\nof text") for number in range(300))
LONG_TABLE = Table("Three hundred rows", (Column("A", 40), Column("B", 20), Column("C", 40)), ROWS)
WIDE_ROW = Table("One long row", (Column("A", 30), Column("B", 70)), (("Short", LONG),))


@in_each_format
@pytest.mark.parametrize(
    "block",
    [
        Paragraph((LONG,), "2.1"),
        Bullets(((LONG,),)),
        LONG_TABLE,
        WIDE_ROW,
        FrontSheet("Long entries", (Entry("1. One", RED, ()),) * 60, "From a snapshot"),
    ],
    ids=["paragraph", "bullet", "rows", "row", "entries"],
)
def test_what_is_longer_than_a_page_is_whole(read: Read, block: Any) -> None:
    report = dataclasses.replace(SAMPLE, blocks=(SAMPLE.blocks[0], block))
    found, wanted = read(report), expected(report)
    assert found.text == wanted.text
    assert found.tables == wanted.tables


# The file --------------------------------------------------------------------------------------
@pytest.mark.parametrize("render", RENDERERS)
def test_the_same_report_is_the_same_file(render: Any) -> None:
    first = render(SAMPLE, made_on=MADE_ON)
    assert render(SAMPLE, made_on=MADE_ON) == first
    assert render(SAMPLE, made_on=datetime.date(2026, 2, 13)) != first


@pytest.mark.parametrize("render", RENDERERS)
def test_no_format_takes_text_for_anything_else(render: Any) -> None:
    """Also in the properties, the margins and the alternative of the logo."""
    for nasty in NASTY:
        identity = dataclasses.replace(SAMPLE.identity, council=nasty, contact=nasty)
        blocks = (SAMPLE.blocks[0], Paragraph((nasty,)))
        report = dataclasses.replace(
            SAMPLE, identity=identity, footer=nasty, marking=nasty, version=nasty, blocks=blocks
        )
        made = render(report, made_on=MADE_ON)
        if isinstance(made, str):
            assert "<script" not in made
            assert "<img src=file" not in made
